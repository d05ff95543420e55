import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseClassFile } from '../../../mask/files/classFile';
import { runCommandLine } from './cliProgram';

suite('labelless classes', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'classes-command-'));
  suiteTeardown(() => {
    rmSync(folder, { recursive: true });
  });

  test('writes a class file of a published list, and never over another file', async () => {
    const file = path.join(folder, 'labelless.classes.json');
    assert.equal(await runCommandLine(['classes', '--from', 'cityscapes', '-o', file]), 0);
    const text = readFileSync(file, 'utf8');
    const parsed = parseClassFile(text);
    assert.ok('list' in parsed);
    assert.equal(parsed.list.byName('traffic light')?.id, 19);
    await assert.rejects(runCommandLine(['classes', '--from', 'camvid', '-o', file]), /exists, and is left as it is/);
    assert.equal(readFileSync(file, 'utf8'), text);
  });

  test('wants a list, and names a file that is not there', async () => {
    await assert.rejects(runCommandLine(['classes']), /classes wants --from FILE/);
    const missing = path.join(folder, 'labels.txt');
    await assert.rejects(runCommandLine(['classes', '--from', missing, '-o', path.join(folder, 'x.json')]), {
      message: `${missing}: there is no such file`,
    });
  });
});
