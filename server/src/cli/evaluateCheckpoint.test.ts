import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeStreets } from '../engine/dataset/testing/streets';
import { callProgram, type Call } from './testing/callProgram';

suite('labelless evaluate --checkpoint', function () {
  this.timeout(120_000);
  let folder: string;

  setup(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'labelless measured-'));
  });
  teardown(() => rm(folder, { recursive: true }));

  const run = (...args: string[]) => callProgram(folder, ...args);

  test('gives the scores of the masks that segment makes', async () => {
    await writeStreets(folder, { training: { steps: 60 } });
    assert.equal((await run('adapt', 'street.adapt.json', '--threads', '1')).status, 0);
    const scoresOf = ({ stdout, stderr }: Call) => {
      assert.notEqual(stdout, '', stderr);
      return JSON.parse(stdout) as { mIoU: number; perClass: unknown; confusion: unknown; predictions?: number };
    };
    const scores: number[] = [];
    for (const [options, predictions] of [
      [[], 18],
      [['--scales', '1', '--mirror', 'off'], 3],
    ] as const) {
      const checkpoint = ['--checkpoint', 'runs/street', ...options];
      const evaluated = await run('evaluate', ...checkpoint, '--picture', 'matrix.png', '--json');
      assert.deepEqual([evaluated.status, existsSync(path.join(folder, 'matrix.png'))], [0, true]);
      assert.match(evaluated.stderr, /^labelless: street of step 60, 3 photos, \d+ predictions, [\d.]+ s$/m);
      await run('segment', 'measured/images', ...checkpoint, '-o', 'masks');
      const truth = ['--predictions', 'masks', '--truth', 'measured/labels', '--classes', 'street.adapt.json'];
      const [found, expected] = [scoresOf(evaluated), scoresOf(await run('evaluate', ...truth, '--json'))];
      assert.deepEqual(
        [found.mIoU, found.perClass, found.confusion, found.predictions],
        [expected.mIoU, expected.perClass, expected.confusion, predictions],
      );
      scores.push(found.mIoU);
    }
    assert.notEqual(scores[0], scores[1]);
    const table = await run('evaluate', '--checkpoint', 'runs/street', '--scales', '1');
    assert.match(table.stdout, /^mIoU 0\.\d+, pixel accuracy 0\.\d+, 3 images$/m);
    await writeFile(path.join(folder, 'measured', 'labels', '1.png'), 'no picture');
    const broken = await run('evaluate', '--checkpoint', 'runs/street');
    assert.deepEqual([broken.status, /measured.labels.1\.png: /.test(broken.stderr)], [1, true]);
    assert.match(broken.stdout, /, 2 images$/m);
    const none = await run('evaluate', '--predictions', 'masks', '--truth', 'measured/labels', '--mirror', 'off');
    assert.deepEqual([none.status, none.stderr.includes('--mirror is of a trained network')], [2, true], none.stderr);
    const both = await run('evaluate', '--checkpoint', 'runs/street', '--truth', 'measured/labels');
    assert.deepEqual([both.status, /--checkpoint <DIR>.*--truth <DIR>/.test(both.stderr)], [2, true], both.stderr);
  });
});
