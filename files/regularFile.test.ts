import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readRegularFile } from './regularFile';

suite('reading regular files', () => {
  let folder: string;
  setup(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'labelless regular '));
  });
  teardown(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('a file is read through a link, up to the limit', async () => {
    const [file, link] = [path.join(folder, 'a.txt'), path.join(folder, 'link')];
    writeFileSync(file, 'twelve bytes');
    symlinkSync(file, link);
    assert.equal((await readRegularFile(link, 12)).toString(), 'twelve bytes');
    await assert.rejects(readRegularFile(file, 11), /a\.txt: its 0 MB are above the limit of 0 MB/);
  });

  test('what is missing, a folder, or a circle of links is named with the reason', async () => {
    await assert.rejects(readRegularFile(path.join(folder, 'none'), 1), {
      reason: 'there is no such file',
      code: 'ENOENT',
    });
    await assert.rejects(readRegularFile(folder, 1), { reason: 'it is a folder, not a file' });
    symlinkSync('circle', path.join(folder, 'circle'));
    await assert.rejects(readRegularFile(path.join(folder, 'circle'), 1), { reason: 'its links lead in a circle' });
  });

  test('a pipe without a writer and a device without an end are refused at once', async function () {
    if (process.platform === 'win32') this.skip();
    const pipe = path.join(folder, 'pipe.png');
    execFileSync('mkfifo', [pipe]);
    await assert.rejects(readRegularFile(pipe, 1e6), { reason: 'it is a pipe, not a file' });
    await assert.rejects(readRegularFile('/dev/zero', 1e6), { reason: 'it is a device or a socket, not a file' });
  });
});
