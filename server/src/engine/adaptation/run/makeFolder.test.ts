import assert from 'node:assert/strict';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeFolder } from './makeFolder';

suite('Making a folder', () => {
  let base: string;
  setup(async () => {
    base = await mkdtemp(path.join(tmpdir(), 'labelless make-'));
  });
  teardown(() => rm(base, { recursive: true }));

  test('tells the first folder on its path that it made, which is all that must be removed again', async () => {
    const folder = path.join(base, 'runs', 'street', 'checkpoints');
    assert.equal(await makeFolder(folder), path.join(base, 'runs'));
    assert.ok((await stat(folder)).isDirectory());
    assert.equal(await makeFolder(folder), undefined);
    assert.equal(await makeFolder(path.join(base, 'runs', 'other')), path.join(base, 'runs', 'other'));
  });

  test('names what is in the way', async () => {
    await writeFile(path.join(base, 'file'), '');
    await assert.rejects(makeFolder(path.join(base, 'file', 'run')), { name: 'WriteError' });
  });
});
