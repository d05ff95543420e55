import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { namesIn, stampOf } from './localFiles';

suite('files of this machine', () => {
  let folder: string;
  setup(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'labelless files-'));
  });
  teardown(() => rm(folder, { recursive: true }));

  test('are named with links to files, and without folders', async () => {
    await writeFile(path.join(folder, 'a.jpg'), '');
    await mkdir(path.join(folder, 'b'));
    for (const [target, link] of [
      ['a.jpg', 'c.jpg'],
      ['b', 'd'],
      ['gone', 'e'],
    ] as const)
      await symlink(path.join(folder, target), path.join(folder, link));
    assert.deepEqual((await namesIn(vscode.Uri.file(folder))).sort(), ['a.jpg', 'c.jpg']);
    assert.deepEqual(await namesIn(vscode.Uri.file(path.join(folder, 'gone'))), []);
  });

  test('have another stamp once their size or their time is another, or they are gone', async () => {
    const file = path.join(folder, 'a.jpg');
    const uri = vscode.Uri.file(file);
    const stamps = new Set<string>([await stampOf(uri)]);
    await writeFile(file, 'one');
    stamps.add(await stampOf(uri));
    assert.ok(stamps.has(await stampOf(uri)));
    await utimes(file, 1, 1);
    stamps.add(await stampOf(uri));
    await writeFile(file, 'three');
    await utimes(file, 1, 1);
    stamps.add(await stampOf(uri));
    assert.equal(stamps.size, 4);
  });
});
