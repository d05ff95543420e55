import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readNearest } from './nearest';

suite('The nearest file of a name', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'nearest-'));
  const inner = path.join(root, 'a', 'b');
  mkdirSync(inner, { recursive: true });
  const name = `classes-${path.basename(root)}.json`;
  const find = () => readNearest(inner, name, 10);
  suiteTeardown(() => {
    rmSync(root, { recursive: true });
  });

  test('is looked for up to the root of the file system', async () => {
    assert.equal(await find(), undefined);
    assert.equal(await readNearest(path.join(inner, 'not', 'there'), name, 10), undefined);
  });

  test('is the one of the deepest folder', async () => {
    writeFileSync(path.join(root, name), 'far');
    assert.deepEqual(await find(), { file: path.join(root, name), content: Buffer.from('far') });
    writeFileSync(path.join(inner, name), 'near');
    assert.deepEqual(await find(), { file: path.join(inner, name), content: Buffer.from('near') });
  });

  test('ends the search where it cannot be read', async () => {
    writeFileSync(path.join(inner, name), 'longer than ten bytes');
    assert.match(JSON.stringify(await find()), /unreadable.*above the limit/);
    rmSync(path.join(inner, name));
    mkdirSync(path.join(inner, name));
    assert.deepEqual(await find(), { file: path.join(inner, name), unreadable: 'it is a folder, not a file' });
  });
});
