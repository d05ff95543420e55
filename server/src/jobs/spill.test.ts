import assert from 'node:assert/strict';
import { readFile, rm, stat } from 'node:fs/promises';
import { spillFolder, spillLarge } from './spill';

suite('Large results', () => {
  test('a small value stays a message, a large one becomes a file of this user alone', async () => {
    const folder = spillFolder();
    const value = { text: 'x'.repeat(100) };
    try {
      assert.equal(await spillLarge(value, folder, 1000), value);
      await assert.rejects(stat(folder), { code: 'ENOENT' });
      const spilled = await spillLarge(value, folder, 50);
      assert.ok('file' in spilled);
      assert.deepEqual(JSON.parse(await readFile(spilled.file, 'utf8')), value);
      if (process.platform !== 'win32') {
        assert.equal((await stat(spilled.file)).mode & 0o777, 0o600);
        assert.equal((await stat(folder)).mode & 0o777, 0o700);
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
