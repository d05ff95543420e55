import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs, {
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rm,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeAtomically } from './atomic';
import { markOf, temporaryName, writeJournal } from './journal';
import { tryKillPoints } from './testing/killPoints';
import { readTogether } from './together';
import { WriteError } from './writeError';

suite('Writing files atomically', () => {
  let folder: string;
  const at = (name: string) => path.join(folder, name);

  const write = (name: string, content: Uint8Array | string) => writeAtomically(new Map([[at(name), content]]));

  setup(async () => {
    folder = await realpath(await mkdtemp(path.join(tmpdir(), 'labelless atomic-')));
  });
  teardown(() => rm(folder, { recursive: true }));

  test('makes and replaces a file, leaving nothing else', async () => {
    await write('a', 'first, and longer');
    await write('a', Uint8Array.of(104, 105));
    assert.equal(await readFile(at('a'), 'utf8'), 'hi');
    assert.deepEqual(await readdir(folder), ['a']);
  });

  test('follows a link', async function () {
    if (process.platform === 'win32') this.skip(); // links need a privilege there
    await write('real', 'old');
    await symlink(at('real'), at('link'));
    await write('link', 'new');
    assert.equal(await readFile(at('real'), 'utf8'), 'new');
    assert.deepEqual((await readdir(folder)).sort(), ['link', 'real']);
  });

  test('replaces a link on request, and leaves what it leads to', async function () {
    if (process.platform === 'win32') this.skip();
    await write('real', 'old');
    await symlink(at('real'), at('link'));
    await writeAtomically(new Map([[at('link'), 'new']]), { links: 'replace' });
    assert.deepEqual([await readFile(at('real'), 'utf8'), await readFile(at('link'), 'utf8')], ['old', 'new']);
    assert.ok((await lstat(at('link'))).isFile());
  });

  test('when one of several cannot be written, all stay as they were, and no temporary file is left', async () => {
    await write('a', 'old');
    const both = new Map([
      [at('a'), 'new'],
      [at('missing/b'), 'new'],
    ]);
    await assert.rejects(
      writeAtomically(both),
      (error: unknown) => error instanceof WriteError && error.file === at('missing/b'),
    );
    assert.equal(await readFile(at('a'), 'utf8'), 'old');
    assert.deepEqual(await readdir(folder), ['a']);
  });

  test('when one cannot be renamed, those before it are again what they were', async () => {
    await write('a', 'old');
    const { rename } = fs;
    fs.rename = (from, to) =>
      to === at('c')
        ? Promise.reject(Object.assign(new Error('EACCES: permission denied, rename'), { code: 'EACCES' }))
        : rename(from, to);
    try {
      await assert.rejects(
        writeAtomically(new Map(['a', 'b', 'c'].map(name => [at(name), 'new']))),
        (error: unknown) => error instanceof WriteError && error.file === at('c'),
      );
    } finally {
      fs.rename = rename;
    }
    assert.equal(await readFile(at('a'), 'utf8'), 'old');
    assert.deepEqual(await readdir(folder), ['a']);
  });

  test('waits for another program that has a file open', async () => {
    const { rename } = fs;
    let tries = 0;
    fs.rename = (from, to) =>
      to === at('b') && ++tries < 4
        ? Promise.reject(Object.assign(new Error('EBUSY: resource busy or locked, rename'), { code: 'EBUSY' }))
        : rename(from, to);
    try {
      await writeAtomically(new Map(['a', 'b'].map(name => [at(name), 'new'])));
    } finally {
      fs.rename = rename;
    }
    assert.equal(tries, 4);
    assert.deepEqual((await readdir(folder)).sort(), ['a', 'b']);
  });

  test('killed at whichever call of the file system, all are old or all are new at the next reading', async function () {
    this.timeout(120_000);
    const { points, faults } = await tryKillPoints({ folder });
    assert.deepEqual(faults, []);
    assert.ok(points > 20, `${points} points`);
  });

  test('what others put there after a process was killed is left alone', async () => {
    await write('a', 'new');
    await write('b', 'somebody else');
    const after = await markOf(at('a'));
    const entry = { follow: true, temporary: temporaryName(), old: null, before: '1.1', after: after ?? '' };
    const other = { ...entry, file: 'b', temporary: temporaryName(), after: '3.3' };
    await writeFile(at(other.temporary), 'new');
    await writeJournal(folder, { version: 1, step: 'replace', files: [{ ...entry, file: 'a' }, other] });
    const [a, b] = await readTogether([at('a'), at('b')], 100);
    assert.deepEqual([String(a), String(b)], ['new', 'somebody else']);
    assert.deepEqual((await readdir(folder)).sort(), ['a', 'b']);
  });

  test('a journal that leads out of its folder is not followed', async () => {
    await mkdir(at('inner'));
    await write('a', 'mine');
    const temporary = temporaryName();
    await writeFile(at(temporary), 'theirs');
    const [before, after] = [await markOf(at('a')), await markOf(at(temporary))];
    const files = [{ file: '../a', follow: true, temporary, old: null, before, after }];
    await writeFile(at('inner/.labelless.journal'), JSON.stringify({ version: 1, step: 'replace', files }));
    await readTogether([at('inner/x')], 100);
    assert.equal(await readFile(at('a'), 'utf8'), 'mine');
    assert.deepEqual(await readdir(at('inner')), []);
  });

  test('deletes what processes that have ended left, nothing of one that lives, and nothing that is not its own', async () => {
    const gone = await new Promise<number>(resolve => {
      const child = spawn(process.execPath, ['-e', '']);
      child.on('exit', () => {
        resolve(child.pid!);
      });
    });
    const mine = temporaryName();
    const theirs = mine.replace(/^(\.labelless-[0-9a-f]+-)[^-]+/, `$1${gone.toString(36)}`);
    const reused = mine.replace(/^(\.labelless-[0-9a-f]+-[^-]+-)[^-]+/, '$1zz');
    const elsewhere = mine.replace(/^\.labelless-[0-9a-f]+/, '.labelless-00000000');
    const unowned = '.labelless-0123456789abcdef.tmp';
    const old = '.labelless-fedcba9876543210.tmp';
    const foreign = ['.labelless-notes.tmp', 'labelless.tmp', `x${theirs}`];
    for (const name of [mine, theirs, elsewhere, unowned, old, ...foreign]) await writeFile(at(name), '');
    const inAnotherProcess = at(reused);
    if (process.platform === 'linux') await writeFile(inAnotherProcess, '');
    await mkdir(at(theirs.replace(/[0-9a-f]{4}\.tmp$/, '0000.tmp')));
    const before = new Date(Date.now() - 2 * 3600_000);
    await utimes(at(old), before, before);
    await write('a', 'new');
    assert.deepEqual(
      (await readdir(folder)).sort(),
      [mine, elsewhere, unowned, ...foreign, theirs.replace(/[0-9a-f]{4}\.tmp$/, '0000.tmp'), 'a'].sort(),
    );
  });

  test('a folder in the way stays', async () => {
    await mkdir(at('folder'));
    await assert.rejects(write('folder', 'x'), WriteError);
    assert.deepEqual(await readdir(folder), ['folder']);
  });
});
