import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { program, square } from './testing/callProgram';

/** Runs a line of the shell in which `$LABELLESS` is the program. */
function shell(line: string, cwd: string): Promise<{ status: number; stderr: string }> {
  const env = { ...process.env, LABELLESS: `${process.execPath} ${program}` };
  return new Promise(resolve => {
    execFile('bash', ['-c', line], { cwd, env }, (error, _, stderr) => {
      resolve({ status: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stderr });
    });
  });
}

suite('Results and messages that cannot be written', function () {
  this.timeout(60_000);
  let folder: string;
  suiteSetup(async function () {
    if (process.platform !== 'linux') this.skip(); // /dev/full
    folder = mkdtempSync(path.join(os.tmpdir(), 'labelless-streams-'));
    for (const name of ['a', 'b'])
      await square(24, 16)
        .png()
        .toFile(path.join(folder, `${name}.png`));
  });
  suiteTeardown(() => {
    if (folder) rmSync(folder, { recursive: true });
  });
  const masks = () => readdirSync(folder).filter(name => name.endsWith('.mask.png'));
  teardown(() => {
    for (const name of masks()) rmSync(path.join(folder, name));
  });

  for (const command of [
    'segment a.png b.png --json',
    'segment a.png b.png',
    'evaluate --predictions . --truth . --json',
  ])
    test(`${command}: a full disk is told, and the status is 1`, async () => {
      const { status, stderr } = await shell(`$LABELLESS ${command} >/dev/full`, folder);
      assert.equal(status, 1, stderr);
      assert.match(stderr, /standard output could not be written: no space is left on the disk/);
      if (command.startsWith('segment')) assert.equal(masks().length, 2, 'the work is done all the same');
    });

  test('help to a full disk, too', async () => {
    assert.equal((await shell('$LABELLESS --help >/dev/full', folder)).status, 1);
  });

  test('a file that takes a part of the text alone', async function () {
    const mount = path.join(folder, 'small');
    const made = spawnSync('bash', ['-c', 'mkdir "$0" && mount -t tmpfs -o size=4k none "$0"', mount]);
    if (made.status !== 0) this.skip(); // only root mounts
    try {
      const { status, stderr } = await shell(
        'head -c 4000 /dev/zero >small/f; $LABELLESS segment --help >>small/f',
        folder,
      );
      assert.equal(status, 1, stderr);
    } finally {
      spawnSync('umount', [mount]);
      rmSync(mount, { recursive: true });
    }
  });

  for (const redirection of ['2>&1 | head -n 1', '2>/dev/full', '| head -n 0'])
    test(`a batch goes on with ${redirection}`, async () => {
      const json = redirection === '2>/dev/full' ? '--json' : '';
      const { status } = await shell(`set -o pipefail; $LABELLESS segment a.png b.png ${json} ${redirection}`, folder);
      assert.deepEqual([status, masks().length], [0, 2]);
    });
});
