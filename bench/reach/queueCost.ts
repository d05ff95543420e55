import { cpSync } from 'node:fs';
import path from 'node:path';
import type { RedisServer } from '../../test/support/redisServer';
import { redisUse, type RedisUse } from './commandCosts';
import { run, sameBytes, writePhotos } from './program';

/** The speed of two workers beside that of one process, and what Redis had to do. */
export interface QueueCost {
  /** Photos per second. */
  readonly workers: number;
  readonly process: number;
  /** For each photo. */
  readonly redis: RedisUse;
}

/**
 * Measures two workers of one thread against one process of two threads, in turns, on fresh copies of the same photos;
 * both from the start of the programs to their end.
 */
export async function measureCost(
  redis: RedisServer,
  folder: string,
  { photos, rounds }: { photos: number; rounds: number },
): Promise<QueueCost> {
  const source = path.join(folder, 'source');
  writePhotos(source, photos);
  const seconds = { workers: 0, process: 0 };
  const before = await redisUse(redis);
  for (let round = 0; round < rounds; round++) {
    const [queued, alone] = ['queued', 'segmented'].map(name => path.join(folder, `${name}-${round}`));
    for (const copy of [queued, alone]) cpSync(source, copy, { recursive: true });
    const name = `cost-${round}`;
    await run(['enqueue', queued, '--queue', redis.url, '--name', name, '--batch', '20', ...sameBytes]);
    const work = ['work', '--queue', redis.url, '--name', name, '--until-done'];
    const began = performance.now();
    await Promise.all([run(work), run(work)]);
    seconds.workers += (performance.now() - began) / 1000;
    seconds.process += await run(['segment', alone, ...sameBytes, '--threads', '2']);
  }
  const after = await redisUse(redis);
  const all = photos * rounds;
  return {
    workers: all / seconds.workers,
    process: all / seconds.process,
    redis: { calls: (after.calls - before.calls) / all, seconds: (after.seconds - before.seconds) / all },
  };
}
