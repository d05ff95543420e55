// `npm run bench:reach -- [--photos N] [--rounds N] [--paths N] [--workers N] [--kill-every SECONDS] [--only PART]`
//
// Queues of photos with a real Redis on this machine. Parts: `kills`, N photos by some workers of which one is killed
// with -9 every few seconds, and Redis started anew once, against what one process writes; `cost`, photos per second of
// two workers of one thread against one process of two; `large`, queueing N paths and asking how far they are. The last
// lines compute what a million photos take. It needs redis-server and what `npm run build` makes.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { RedisServer } from '../test/support/redisServer';
import { millionTable, saturation } from './reach/arithmetic';
import { workWithKills } from './reach/killedWorkers';
import { measureLargeQueue, type CallUse } from './reach/largeQueue';
import { measureCost } from './reach/queueCost';

const { values } = parseArgs({
  options: {
    photos: { type: 'string', default: '2000' },
    rounds: { type: 'string', default: '3' },
    paths: { type: 'string', default: '100000' },
    workers: { type: 'string', default: '4' },
    'kill-every': { type: 'string', default: '5' },
    only: { type: 'string' },
  },
});
const photos = Number(values.photos);

/** Runs a part with a Redis and a folder of its own. */
async function part(name: string, measure: (redis: RedisServer, folder: string) => Promise<void>): Promise<void> {
  if (values.only !== undefined && values.only !== name) return;
  const redis = await RedisServer.start();
  const folder = await mkdtemp(path.join(tmpdir(), 'labelless-reach-'));
  try {
    await measure(redis, folder);
  } finally {
    await redis.remove();
    await rm(folder, { recursive: true });
  }
}

const told = ({ seconds, memory }: CallUse) => `${seconds.toFixed(2)} s, ${memory.toFixed(0)} MB`;

async function main(): Promise<void> {
  await part('kills', async (redis, folder) => {
    const workers = Number(values.workers);
    const killEvery = Number(values['kill-every']);
    const result = await workWithKills(redis, folder, { photos, workers, killEvery });
    console.log(
      `kills: ${result.done} of ${photos} photos done in ${result.seconds.toFixed(0)} s with ` +
        `${result.kills} kills of ${workers} workers; ${result.missing} files missing, ` +
        `${result.different} different, ` +
        `${result.strange.length} that should not be there ${result.strange.slice(0, 5).join(', ')}`,
    );
  });
  await part('cost', async (redis, folder) => {
    const rounds = Number(values.rounds);
    const {
      workers,
      process,
      redis: use,
    } = await measureCost(redis, folder, { photos: Math.ceil(photos / 10), rounds });
    console.log(
      `cost: ${workers.toFixed(2)} photos/s of two workers, ${process.toFixed(2)} of one process, ` +
        `ratio ${(workers / process).toFixed(3)}; Redis: ${use.calls.toFixed(1)} calls and ` +
        `${(use.seconds * 1e6).toFixed(0)} µs a photo, saturated at ${saturation(use).toFixed(0)} photos/s\n`,
    );
    const times = [
      { name: '64 × 48', seconds: 2 / workers },
      { name: '481 × 321', seconds: 1.7 },
      { name: '4000 × 3000', seconds: 5.5 },
    ];
    console.log(
      millionTable(
        use,
        times.map(time => ({ ...time, seconds: Number(time.seconds.toPrecision(2)) })),
      ),
    );
  });
  await part('large', async (redis, folder) => {
    const paths = Number(values.paths);
    const { enqueue, again, status, redis: memory } = await measureLargeQueue(redis, folder, paths);
    console.log(
      `large: ${paths} paths queued in ${told(enqueue)}; once more ${told(again)}; status ${told(status)}; ` +
        `Redis holds ${memory.toFixed(0)} MB`,
    );
  });
}

void main();
