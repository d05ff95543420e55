import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CancelledError } from './jobErrors';
import { Queue } from './lane';
import { deleteOldResults, largeResultsFolder, largeToFile } from './largeResults';
import { RateLimiter } from './tasks/segmentProgress';

suite('Queue', () => {
  const never = new AbortController().signal;

  /** Work that ends once `open` is called. */
  function gate(): { work: () => Promise<void>; open: () => void } {
    let open = () => undefined as void;
    const opened = new Promise<void>(resolve => {
      open = resolve;
    });
    return { work: () => opened, open };
  }

  test('lets one in at a time, by priority, then by arrival', async () => {
    const queue = new Queue(() => undefined);
    const order: string[] = [];
    const first = gate();
    const enter = (name: string) => () => {
      assert.equal(queue.running, 1);
      order.push(name);
      return Promise.resolve();
    };
    const all = [
      queue.run(0, never, first.work),
      queue.run(0, never, enter('early')),
      queue.run(0, never, enter('late')),
      queue.run(1, never, enter('urgent')),
    ];
    assert.equal(queue.waiting, 3);
    first.open();
    await Promise.all(all);
    assert.deepEqual(order, ['urgent', 'early', 'late']);
    assert.deepEqual([queue.running, queue.waiting], [0, 0]);
  });

  test('a cancelled one leaves its place at once, the next still gets in', async () => {
    const queue = new Queue(() => undefined);
    const first = gate();
    const running = queue.run(0, never, first.work);
    const cancel = new AbortController();
    const waiting = queue.run(0, cancel.signal, () => Promise.reject(new Error('must not run')));
    const next = queue.run(0, never, () => Promise.resolve('in'));
    cancel.abort();
    await assert.rejects(waiting, CancelledError);
    assert.equal(queue.waiting, 1);
    first.open();
    await running;
    assert.equal(await next, 'in');
  });

  test('work that fails frees the place', async () => {
    const queue = new Queue(() => undefined);
    await assert.rejects(
      queue.run(0, never, () => Promise.reject(new Error('no'))),
      /no/,
    );
    assert.equal(await queue.run(0, never, () => Promise.resolve('in')), 'in');
  });
});

suite('Large results', () => {
  test('a small value stays a message, a large one becomes a file of this user alone', async () => {
    const folder = largeResultsFolder();
    const value = { text: 'x'.repeat(100) };
    try {
      assert.equal(await largeToFile(value, folder, 1000), value);
      await assert.rejects(stat(folder), { code: 'ENOENT' });
      const result = await largeToFile(value, folder, 50);
      assert.ok('file' in result);
      assert.deepEqual(JSON.parse(await readFile(result.file, 'utf8')), value);
      if (process.platform !== 'win32') {
        assert.equal((await stat(result.file)).mode & 0o777, 0o600);
        assert.equal((await stat(folder)).mode & 0o777, 0o700);
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

suite('Large results of servers that have ended', () => {
  test('are deleted, and neither those of a server that runs nor anything else', async () => {
    const temporary = await mkdtemp(path.join(tmpdir(), 'labelless results-'));
    const mine = path.basename(largeResultsFolder());
    const gone = mine.replace(
      /^(labelless-[0-9a-f]+-)[^-]+/,
      `$1${spawnSync(process.execPath, ['-e', '']).pid.toString(36)}`,
    );
    const earlier = `labelless-${randomUUID()}`;
    const kept = ['labelless-notes', 'labelless', `x${gone}`, mine];
    const result = `${randomUUID()}.json`;
    try {
      for (const folder of [gone, earlier, ...kept]) {
        await mkdir(path.join(temporary, folder));
        await writeFile(path.join(temporary, folder, result), '{}');
      }
      const held = gone.replace(/[0-9a-f]{4}$/, '0000');
      await mkdir(path.join(temporary, held));
      for (const file of [result, 'notes.txt']) await writeFile(path.join(temporary, held, file), '{}');
      const link = gone.replace(/[0-9a-f]{4}$/, '1111');
      await symlink(path.join(temporary, mine), path.join(temporary, link), 'junction');
      await deleteOldResults(temporary);
      assert.deepEqual(
        (await readdir(temporary)).sort(),
        [earlier, held, link, ...kept].sort(),
        'the earlier is young',
      );
      assert.deepEqual(await readdir(path.join(temporary, held)), ['notes.txt']);
      assert.deepEqual(await readdir(path.join(temporary, mine)), [result]);
      const before = new Date(Date.now() - 25 * 3600_000);
      await utimes(path.join(temporary, earlier), before, before);
      await deleteOldResults(temporary);
      assert.ok(!(await readdir(temporary)).includes(earlier));
    } finally {
      await rm(temporary, { recursive: true });
    }
  });
});

suite('Pacer', () => {
  /** How often work of `cost` milliseconds is done in ten seconds of asking every millisecond. */
  function timesInTenSeconds(cost: number): number {
    let now = 0,
      times = 0;
    const limiter = new RateLimiter(() => now);
    for (; now < 10_000; now++) {
      limiter.runIfDue(() => {
        times++;
        now += cost;
      });
    }
    return times;
  }

  test('the first is due at once, then at most eight a second', () => {
    assert.equal(timesInTenSeconds(0), 80);
    assert.ok(timesInTenSeconds(5) <= 80);
  });

  test('dear previews come rarely: they take a twentieth of the time', () => {
    const times = timesInTenSeconds(100);
    assert.ok(times >= 4 && times * 100 <= 600, `${times}`);
  });
});
