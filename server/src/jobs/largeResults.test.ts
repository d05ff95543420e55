import assert from 'node:assert/strict';
import { readFile, rm, stat } from 'node:fs/promises';
import { largeResultsFolder, largeToFile } from './largeResults';

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
