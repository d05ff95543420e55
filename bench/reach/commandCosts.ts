import { execFile } from 'node:child_process';
import path from 'node:path';
import type { QueueStatus } from '../../server/src/queue/queueStatus';
import type { RedisServer } from '../../test/support/redisServer';

/** What Redis has done since it was started. */
export interface RedisUse {
  /** Calls of commands, those within scripts too. */
  readonly calls: number;
  /** Seconds of processor time. */
  readonly seconds: number;
}

export async function redisUse(redis: RedisServer): Promise<RedisUse> {
  const client = redis.connect();
  try {
    const [commands, cpu] = [await client.info('commandstats'), await client.info('cpu')];
    const counts = [...commands.matchAll(/^cmdstat_[^:]+:calls=(\d+)/gm)].map(([, calls]) => Number(calls));
    const times = [...cpu.matchAll(/^used_cpu_(?:sys|user):([\d.]+)/gm)].map(([, seconds]) => Number(seconds));
    return { calls: sumOf(counts), seconds: sumOf(times) };
  } finally {
    client.disconnect();
  }
}

/** The status of a queue as the command line tells it, once Redis is there. @throws Error where it does not */
export function readStatus(redis: RedisServer, name: string): Promise<QueueStatus> {
  const args = [path.resolve('dist', 'cli.js'), 'status', '--queue', redis.url, '--name', name, '--json'];
  return new Promise((resolve, reject) => {
    // A status of 1 says that photos have failed.
    execFile(process.execPath, [...args, '--patience', '60'], { maxBuffer: 1e8 }, (error, stdout) => {
      if (stdout === '') reject(error ?? new Error('labelless status told nothing'));
      else resolve(JSON.parse(stdout) as QueueStatus);
    });
  });
}

const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0);
