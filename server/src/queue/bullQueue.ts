import { Queue } from 'bullmq';
import { bullPrefix } from './queueKeys';
import type { QueueConnection } from './queueConnection';

/** Opens BullMQ's side of a queue on a connection, does something with it, and closes it. */
export async function withBullQueue<Data, T>(
  connection: QueueConnection,
  name: string,
  act: (queue: Queue<Data>) => Promise<T>,
): Promise<T> {
  const queue = new Queue<Data>(name, { connection: connection.client, prefix: bullPrefix, skipVersionCheck: true });
  queue.on('error', connection.onProblem);
  try {
    return await act(queue);
  } finally {
    await queue.close().catch(() => undefined);
  }
}
