import assert from 'node:assert/strict';
import { lstat, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeAtomically } from './atomic';
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

  test('a folder in the way stays', async () => {
    await mkdir(at('folder'));
    await assert.rejects(write('folder', 'x'), WriteError);
    assert.deepEqual(await readdir(folder), ['folder']);
  });
});
