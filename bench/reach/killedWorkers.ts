import type { ChildProcess } from 'node:child_process';
import { cpSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RedisServer } from '../../test/support/redisServer';
import { readStatus } from './commandCosts';
import { digestsIn, kill, run, sameBytes, start, writePhotos } from './program';

/** What became of photos whose workers were killed again and again. */
export interface KilledResult {
  readonly photos: number;
  readonly done: number;
  readonly kills: number;
  readonly seconds: number;
  /** Files that one process would not have left. */
  readonly strange: readonly string[];
  readonly missing: number;
  /** Files whose bytes differ from those of one process. */
  readonly different: number;
}

/**
 * Segments photos by some workers, of which one is killed every few seconds and started again, and Redis is started
 * anew once; then compares everything that is there with what one process writes.
 */
export async function workWithKills(
  redis: RedisServer,
  folder: string,
  { photos, workers, killEvery }: { photos: number; workers: number; killEvery: number },
): Promise<KilledResult> {
  const [alone, killed] = ['alone', 'killed'].map(name => path.join(folder, name));
  writePhotos(alone, photos);
  cpSync(alone, killed, { recursive: true });
  await run(['enqueue', killed, '--queue', redis.url, '--name', 'killed', ...sameBytes]);
  const startWorker = () => start(['work', '--queue', redis.url, '--name', 'killed', '--stalled-after', '5']);
  const began = performance.now();
  const running: ChildProcess[] = Array.from({ length: workers }, startWorker);
  let kills = 0;
  let isRestarted = false;
  for (;;) {
    await sleep(killEvery * 1000);
    const { photos: counts, jobs } = await readStatus(redis, 'killed');
    if (counts.waiting === 0 && jobs.running + jobs.waiting + jobs.delayed === 0) break;
    process.stderr.write(`\r${counts.done} of ${counts.all} photos, ${kills} kills `);
    const at = kills++ % workers;
    await kill(running[at]);
    running[at] = startWorker();
    if (isRestarted || counts.done < photos / 2) continue;
    isRestarted = true;
    await redis.end();
    await sleep(3000);
    await redis.start();
  }
  const seconds = (performance.now() - began) / 1000;
  process.stderr.write('\n');
  for (const worker of running) await kill(worker);
  const { photos: counts } = await readStatus(redis, 'killed');
  await run(['segment', alone, ...sameBytes]);
  const [expected, found] = [digestsIn(alone), digestsIn(killed)];
  return {
    photos,
    done: counts.done,
    kills,
    seconds,
    strange: [...found.keys()].filter(name => !expected.has(name)),
    missing: [...expected.keys()].filter(name => !found.has(name)).length,
    different: [...expected].filter(([name, digest]) => found.has(name) && found.get(name) !== digest).length,
  };
}
