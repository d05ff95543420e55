import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { RedisServer } from '../../test/support/redisServer';

/** What a call takes. */
export interface CallUse {
  readonly seconds: number;
  /** Megabytes of memory at most; NaN where the system does not tell it. */
  readonly memory: number;
}

export interface LargeQueue {
  readonly enqueue: CallUse;
  /** The same call once more, which finds all photos queued. */
  readonly again: CallUse;
  readonly status: CallUse;
  /** Megabytes that Redis holds. */
  readonly redis: number;
}

/** Queues many paths of empty files, a thousand in a folder, and asks how far they are. */
export async function measureLargeQueue(redis: RedisServer, folder: string, photos: number): Promise<LargeQueue> {
  const source = path.join(folder, 'large');
  for (let index = 0; index < photos; index++) {
    const at = path.join(source, `folder-${Math.floor(index / 1000)}`);
    if (index % 1000 === 0) mkdirSync(at, { recursive: true });
    writeFileSync(path.join(at, `photo-${index}.jpg`), '');
  }
  const own = ['--queue', redis.url, '--name', 'large'];
  const enqueue = ['enqueue', source, '--recursive', ...own];
  const result = {
    enqueue: await use(enqueue),
    again: await use(enqueue),
    status: await use(['status', ...own, '--json']),
  };
  const client = redis.connect();
  const [, bytes] = /^used_memory:(\d+)/m.exec(await client.info('memory')) ?? [];
  client.disconnect();
  return { ...result, redis: Number(bytes) / 1e6 };
}

/** Runs a call, and reads its memory from what it prints at its end. */
function use(args: readonly string[]): Promise<CallUse> {
  const tell = 'process.on("exit",()=>console.error(`maxRSS ${process.resourceUsage().maxRSS}`))';
  const cli = path.resolve('dist', 'cli.js');
  const hook = `data:text/javascript,${encodeURIComponent(tell)}`;
  const began = performance.now();
  return new Promise((resolve, reject) => {
    execFile(process.execPath, ['--import', hook, cli, ...args], { maxBuffer: 1e8 }, (error, _, stderr) => {
      if (error) {
        reject(new Error(`labelless ${args[0]}: ${stderr}`));
        return;
      }
      const [, kilobytes] = /maxRSS (\d+)/.exec(stderr) ?? [];
      resolve({ seconds: (performance.now() - began) / 1000, memory: Number(kilobytes) / 1024 });
    });
  });
}
