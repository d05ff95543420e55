import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { tinyExperiment, trainTiny } from './testing/tinyRun';

suite('from streets by day to streets by night', () => {
  let root: string;
  setup(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'labelless-streets-'));
  });
  teardown(() => rm(root, { recursive: true, force: true }));

  test("both with augmentation, self-training with the target's statistics beats training on the source alone", async () => {
    const scores = await Promise.all(
      (['none', 'self-training'] as const).map(async strategy => {
        const experiment = tinyExperiment(strategy, 300);
        const { points } = await trainTiny(path.join(root, strategy), {
          ...experiment,
          network: { ...experiment.network, channels: 8 },
          evaluation: { ...experiment.evaluation!, every: 300 },
        });
        return points.at(-1)!.evaluation!.mIoU;
      }),
    );
    assert.ok(scores[1] > scores[0] + 0.08, `${scores.join(' → ')}`);
  }).timeout(120000);
});
