import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ChangeClassResult } from '../../../protocol/classMessages';
import { classesText, writeClassedMask } from '../engine/classes/testing/classedFolder';
import { runCommandLine } from './cliProgram';
import { callProgram } from './testing/callProgram';

suite('changes of a class on the command line', function () {
  this.timeout(120_000);
  let folder: string;
  const at = (name: string) => path.join(folder, name);
  const run = (...args: string[]) => callProgram(folder, 'classes', ...args);

  setup(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'labelless cli-change-'));
    writeFileSync(at('labelless.classes.json'), classesText);
    writeClassedMask(at('a.png'), [1, 4]);
    mkdirSync(at('deep'));
    writeClassedMask(at('deep/b.png'), [4, 4]);
  });
  teardown(() => rm(folder, { recursive: true }));

  test('rename, tell what they would do, and are taken back', async () => {
    const dry = await run('rename', '.', 'car', '=1+1', '--dry-run');
    assert.match(dry.stdout, /nothing is changed yet: ‘car’ renamed to ‘=1\+1’; would change 3 labels in 2 masks\n$/);
    const before = readFileSync(at('deep/b.mask.json'));
    const renamed = await run('rename', '.', '4', '=1+1', '--json');
    const { done, masks, labels } = JSON.parse(renamed.stdout) as ChangeClassResult;
    assert.deepEqual([renamed.status, done, masks, labels], [0, true, ['a.mask.png', 'deep/b.mask.png'], 3]);
    assert.match(readFileSync(at('deep/b.mask.json'), 'utf8'), /"name": "=1\+1"/);
    const undone = await run('undo', '.');
    assert.match(undone.stdout, /: taken back: ‘car’ renamed to ‘=1\+1’; 3 labels in 2 masks\n$/);
    assert.deepEqual(readFileSync(at('deep/b.mask.json')), before);
    assert.equal(readFileSync(at('labelless.classes.json'), 'utf8'), classesText);
  });

  test('are refused in words: a mask that cannot be read, a class that is not there, a folder without a file', async () => {
    writeFileSync(at('a.mask.json'), '{');
    const refused = await run('merge', '.', 'car', 'road');
    assert.equal(refused.status, 1);
    assert.match(
      refused.stderr,
      /^a\.mask\.png: its sidecar cannot be used: .*\n.*labelless\.classes\.json: nothing was/,
    );
    const unknown = await run('remove', '.', 'bus');
    assert.match(unknown.stderr, /there is no class ‘bus’; there are road \(1\), car \(4\), background \(0\)/);
    const none = await run('remove', 'deep', 'car');
    assert.match(
      none.stderr,
      /deep\/labelless\.classes\.json: there is no such file; the classes are in the file of a/,
    );
    const wrong = await run('rename', '.', 'car');
    assert.equal(wrong.status, 2);
    assert.match(wrong.stderr, /rename wants its new name/);
    await assert.rejects(runCommandLine(['classes', 'paint', '.']), /classes takes no/);
  });
});
