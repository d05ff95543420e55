import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { withLock } from './lock';

suite('A lock', () => {
  let folder: string;
  let lock: string;
  setup(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'labelless lock-'));
    lock = path.join(folder, '.lock');
  });
  teardown(() => rm(folder, { recursive: true }));

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
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    await writeFile(lock, `${pid} ${hostname()} 00`);
    const file = path.join(folder, 'count');
    await Promise.all(Array.from({ length: 6 }, () => count(file)));
    assert.equal(await readFile(file, 'utf8'), '6');
    assert.deepEqual(await readdir(folder), ['count']);
  });

  test('of another process that lives, or of another machine, is waited for; an old one is not', async () => {
    const other = spawn(process.execPath, ['-e', 'setTimeout(() => undefined, 60_000)']);
    try {
      for (const content of [`${other.pid} ${hostname()} 00`, '1 elsewhere 00']) {
        await writeFile(lock, content);
        await assert.rejects(
          withLock(lock, () => Promise.resolve(), { patience: 120 }),
          /another process has been writing there/,
        );
        assert.equal(await readFile(lock, 'utf8'), content);
        const old = new Date(Date.now() - 11 * 60_000);
        await utimes(lock, old, old);
        assert.equal(await withLock(lock, () => Promise.resolve(7), { patience: 120 }), 7);
        assert.ok(!existsSync(lock));
      }
    } finally {
      other.kill('SIGKILL');
      await once(other, 'exit');
    }
  });

  test('that cannot be made says so', () =>
    assert.rejects(
      withLock(path.join(folder, 'gone', '.lock'), () => Promise.resolve()),
      /ENOENT/,
    ));
});
