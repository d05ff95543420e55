import assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { holdLock, withLock } from './lock';
import { lockByName } from './systemLock';
import { bundleProgram } from './testing/childProgram';
import { stressLock } from './testing/lockStress';
import { WriteError } from './writeError';

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

  /** Runs an action while another process holds the lock, which is then killed. */
  const whileHeld = async (action: (holder: ChildProcess) => Promise<void>) => {
    const bundle = await mkdtemp(path.join(tmpdir(), 'labelless lock-program-'));
    const program = await bundleProgram('files/testing/lockHolder.ts', bundle);
    const holder = spawn(process.execPath, [program, lock], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      await once(holder.stdout, 'data'); // it has the lock
      await action(holder);
    } finally {
      holder.kill('SIGKILL');
      await rm(bundle, { recursive: true });
    }
  };

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

  test('of another process is waited for, as long as patience lasts', () =>
    whileHeld(async () => {
      await assert.rejects(
        withLock(lock, () => Promise.resolve(), { patience: 120 }),
        /another process has been writing there for 0 s; try again when it has ended/,
      );
      assert.equal(await holdLock(lock), undefined, 'and is refused at once to who does not wait');
    }));

  test('is no longer waited for when that is cancelled', () =>
    whileHeld(async () => {
      const cancel = new AbortController();
      const started = performance.now();
      const waiting = withLock(lock, () => Promise.resolve(), { signal: cancel.signal });
      setTimeout(() => {
        cancel.abort();
      }, 100);
      await assert.rejects(waiting, { name: 'AbortError' });
      assert.ok(performance.now() - started < 5000, 'at once');
    }));

  test('of a process that is killed is free at once', () =>
    whileHeld(async holder => {
      const waiting = withLock(lock, () => Promise.resolve(7), { patience: 10_000 });
      holder.kill('SIGKILL');
      assert.equal(await waiting, 7);
      assert.deepEqual(await readdir(folder), []);
    }));

  test('of a process that is killed is free though its parent does not look after it', async function () {
    if (process.platform === 'win32') this.skip(); // no process outlives its end there
    const bundle = await mkdtemp(path.join(tmpdir(), 'labelless lock-program-'));
    const program = await bundleProgram('files/testing/lockHolder.ts', bundle);
    const script = '"$0" "$1" "$2" & echo $! >&2; exec sleep 60';
    const parent = spawn('/bin/sh', ['-c', script, process.execPath, program, lock], { stdio: 'pipe' });
    try {
      const [said] = await Promise.all([once(parent.stderr, 'data'), once(parent.stdout, 'data')]);
      const pid = Number(said[0]);
      process.kill(pid, 'SIGKILL');
      assert.equal(await withLock(lock, () => Promise.resolve(7), { patience: 10_000 }), 7);
      assert.ok(process.kill(pid, 0), 'it is still in the list of processes');
    } finally {
      parent.kill('SIGKILL');
      await rm(bundle, { recursive: true });
    }
  });

  test('held for long keeps others out until it is released, by whatever path they come', async function () {
    if (process.platform === 'win32') this.skip(); // links need a privilege there
    const other = path.join(folder, 'link');
    await symlink(folder, other);
    const held = await holdLock(lock);
    assert.ok(held);
    assert.equal(await holdLock(path.join(other, '.lock')), undefined);
    await held.release();
    await held.release();
    const again = await holdLock(path.join(other, '.lock'));
    assert.ok(again);
    await again.release();
  });

  test('whose file was left behind, as on a full disk, keeps nobody out', async () => {
    await writeFile(lock, '');
    assert.equal(await withLock(lock, () => Promise.resolve(7), { patience: 1000 }), 7);
    assert.deepEqual(await readdir(folder), []);
  });

  test('that cannot be made says so', async () => {
    const at = path.join(folder, 'gone', '.lock');
    await assert.rejects(
      withLock(at, () => Promise.resolve()),
      (error: unknown) => error instanceof WriteError && error.message.startsWith(`cannot write ${at}: `),
    );
  });

  test('does not follow a link, and leaves alone what is no file', async function () {
    if (process.platform === 'win32') this.skip();
    const target = path.join(folder, 'target');
    await symlink(target, lock);
    await assert.rejects(holdLock(lock), /cannot write .*: its links lead in a circle|a link of that name/);
    assert.ok(!existsSync(target));
    await rm(lock);
    await mkdir(lock);
    await assert.rejects(holdLock(lock), /a folder of that name is in the way/);
    await rm(lock, { recursive: true });
    spawnSync('mkfifo', [lock]);
    await assert.rejects(holdLock(lock), /a file of that name is in the way/);
  });

  test('by a socket, where the disk has no locks, lets one in at a time', async function () {
    if (process.platform !== 'linux') this.skip();
    const held = await lockByName(lock);
    assert.ok(held);
    assert.equal(await lockByName(path.join(folder, '..', path.basename(folder), '.lock')), undefined);
    await held.release();
    const again = await lockByName(lock);
    assert.ok(again);
    await again.release();
  });

  test('has one holder at a time, and always a next one, while its holders are killed', async function () {
    this.timeout(60_000);
    const { turns, faults } = await stressLock({ folder, workers: 5, kills: 25 });
    assert.deepEqual(faults, []);
    assert.ok(turns > 0);
  });
});
