import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readResult } from './readResult';

suite('results by file', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'labelless-results-'));
  suiteTeardown(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('an inline result is itself', async () => {
    assert.deepEqual(await readResult<{ value: number }>({ value: 3 }), { value: 3 });
  });

  test('a file is read and deleted', async () => {
    const file = path.join(folder, 'result.json');
    writeFileSync(file, '{"value":4}');
    assert.deepEqual(await readResult<{ value: number }>({ file }), { value: 4 });
    assert.equal(existsSync(file), false);
  });

  test('a broken file is deleted too', async () => {
    const file = path.join(folder, 'broken.json');
    writeFileSync(file, '{"value":');
    await assert.rejects(readResult({ file }), SyntaxError);
    assert.equal(existsSync(file), false);
  });

  test('a file outside the temporary folder is neither read nor deleted', async () => {
    const file = path.join(folder, 'outside.json');
    writeFileSync(file, '{"value":5}');
    const { TMPDIR } = process.env;
    process.env.TMPDIR = mkdtempSync(path.join(folder, 'temporary-'));
    try {
      await assert.rejects(readResult({ file }), /outside the temporary folder/);
    } finally {
      if (TMPDIR === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = TMPDIR;
    }
    assert.equal(existsSync(file), true);
  });
});
