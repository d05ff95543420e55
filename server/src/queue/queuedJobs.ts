import { photoJobSchema, type PhotoJob } from './photoJob';
import { bullPrefix } from './queueKeys';
import type { QueueConnection } from './queueConnection';
import { readStored } from './storedValue';

/** Reads what jobs ask for, by their ids; undefined for one that is gone, or that Labelless has not made. */
export async function readJobs(
  connection: QueueConnection,
  queue: string,
  ids: readonly string[],
): Promise<(PhotoJob | undefined)[]> {
  if (ids.length === 0) return [];
  const answers = await connection.runAll(client => {
    const reads = client.pipeline();
    for (const id of ids) reads.hget(`${bullPrefix}:${queue}:${id}`, 'data');
    return reads;
  });
  return answers.map(text => readStored(photoJobSchema, text));
}
