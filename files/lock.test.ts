import fs, { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import timers, { setTimeout as sleep } from 'node:timers/promises';
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { withLock } from './lock';

/** The number of calls after which an action counts as endless. */
const mostCalls = 2000;

type Call = (...args: unknown[]) => Promise<unknown>;

/**
 * Runs an action that does several things at once with the file system, in an order that a seed chooses: each call of
 * node:fs/promises waits until it is drawn, and is done to its end before the next one. Timers end at once. Different
 * seeds thus try the orders in which several processes could come upon one another.
 */
async function inOrder<T>(seed: number, action: () => Promise<T>): Promise<T> {
  const waiting: (() => Promise<void>)[] = [];
  const restore = [
    ...Object.keys(fs).map(name => intercept(fs, name, waiting)),
    intercept(timers, 'setTimeout', waiting, () => Promise.resolve()),
  ];
  try {
    let ended = false;
    const result = action().finally(() => {
      ended = true;
    });
    result.catch(() => undefined); // it is awaited below
    for (let state = seed, calls = 0; ; calls++) {
      if (calls > mostCalls) throw new Error(`no end after ${mostCalls} calls, in order ${seed}`);
      await new Promise(resolve => setImmediate(resolve)); // until all wait for a call
      if (ended) return await result;
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      const [next] = waiting.splice((state >>> 8) % Math.max(1, waiting.length), 1);
      await next?.();
    }
  } finally {
    for (const undo of restore) undo();
    for (const call of waiting) void call();
  }
}

/** Replaces a function of a module by one that waits in `waiting`. @returns a function that restores the original */
function intercept(module: object, name: string, waiting: (() => Promise<void>)[], instead?: Call): () => void {
  const functions = module as Record<string, unknown>;
  const original = functions[name];
  if (typeof original !== 'function') return () => undefined;
  functions[name] = (...args: unknown[]) =>
    new Promise((resolve, reject) => {
      waiting.push(async () => {
        await (instead ?? (original as Call))(...args).then(resolve, reject);
      });
    });
  return () => {
    functions[name] = original;
  };
}

suite('A lock', () => {
  let folder: string;
  let lock: string;
  setup(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'labelless lock-'));
    lock = path.join(folder, '.lock');
  });
  teardown(() => rm(folder, { recursive: true }));

  /** Makes a lock that another process holds; answers its mark. */
  const heldBy = async (pid: number | undefined, host: string) => {
    const mark = path.join(lock, '00');
    await mkdir(lock);
    await writeFile(mark, `${pid} ${host}`);
    return mark;
  };
  const gone = () => spawnSync(process.execPath, ['-e', '']).pid;

  /** Adds to a number in a file, so slowly that two at once would lose one. */
  const count = (file: string) =>
    withLock(lock, async () => {
      const number = Number(await readFile(file, 'utf8').catch(() => '0'));
      await sleep(5);
      await writeFile(file, String(number + 1));
    });

  test('lets one in at a time, of those within a process', async () => {
    const file = path.join(folder, 'count');
    await Promise.all(Array.from({ length: 12 }, () => count(file)));
    assert.equal(await readFile(file, 'utf8'), '12');
    assert.deepEqual(await readdir(folder), ['count'], 'and leaves nothing');
  });

  test('is given back when what is done under it fails', async () => {
    await assert.rejects(
      withLock(lock, () => Promise.reject(new Error('so it is'))),
      /so it is/,
    );
    assert.ok(!existsSync(lock));
  });

  test('of a process that is gone is taken over, by one of those that wait', async () => {
    await heldBy(gone(), hostname());
    const file = path.join(folder, 'count');
    await Promise.all(Array.from({ length: 6 }, () => count(file)));
    assert.equal(await readFile(file, 'utf8'), '6');
    assert.deepEqual(await readdir(folder), ['count']);
  });

  test('of another process that lives, or of another machine, is waited for; an old one is not', async () => {
    const other = spawn(process.execPath, ['-e', 'setTimeout(() => undefined, 60_000)']);
    try {
      for (const [pid, host] of [
        [other.pid, hostname()],
        [1, 'elsewhere'],
      ] as const) {
        const mark = await heldBy(pid, host);
        await assert.rejects(
          withLock(lock, () => Promise.resolve(), { patience: 120 }),
          /another process has been writing there/,
        );
        assert.equal(await readFile(mark, 'utf8'), `${pid} ${host}`);
        const old = new Date(Date.now() - 11 * 60_000);
        await utimes(mark, old, old);
        assert.equal(await withLock(lock, () => Promise.resolve(7), { patience: 120 }), 7);
        assert.ok(!existsSync(lock));
      }
    } finally {
      other.kill('SIGKILL');
      await once(other, 'exit');
    }
  });

  test('of a process that is gone has one holder at a time, in whatever order others take it over', async () => {
    const pid = gone();
    for (let seed = 1; seed <= 100; seed++) {
      await heldBy(pid, hostname());
      let holders = 0;
      const contend = () =>
        withLock(lock, async () => {
          assert.equal(++holders, 1, `holders at seed ${seed}`);
          await sleep(0);
          holders--;
        });
      await inOrder(seed, () => Promise.all([contend(), contend(), contend()]));
      assert.deepEqual(await readdir(folder), [], `what is left at seed ${seed}`);
    }
  });

  test('that a process began to make, or to leave, when it was killed, keeps nobody out', async () => {
    await mkdir(lock);
    await mkdir(`${lock}.00`);
    assert.equal(await withLock(lock, () => Promise.resolve(7), { patience: 0 }), 7);
    assert.deepEqual(await readdir(folder), ['.lock.00']);
  });

  test('is not left behind where the disk was too full to write it', async () => {
    const { writeFile: write } = fs;
    fs.writeFile = async file => {
      await write(file, ''); // the name takes no space
      throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', syscall: 'write' });
    };
    try {
      await assert.rejects(
        withLock(lock, () => Promise.resolve()),
        /ENOSPC/,
      );
    } finally {
      fs.writeFile = write;
    }
    assert.deepEqual(await readdir(folder), []);
  });

  test('that cannot be made says so', () =>
    assert.rejects(
      withLock(path.join(folder, 'gone', '.lock'), () => Promise.resolve()),
      /ENOENT/,
    ));
});
