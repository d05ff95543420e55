import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { ExperimentData } from '../dataset/streaming/experimentData';
import { memoryData } from '../dataset/testing/memoryData';
import { checkpointOf, height, tinyExperiment, tinyPictures, trainTiny, width, withoutTimes } from './testing/tinyRuns';

suite('training runs of two phases', () => {
  let root: string;
  setup(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'labelless-phases-'));
  });
  teardown(() => rm(root, { recursive: true, force: true }));

  /** An experiment of two phases: the source alone, then self-training with larger pictures in larger batches. */
  const twoPhases = () => {
    const experiment = tinyExperiment('self-training', 21, { weightAverage: 0.5 });
    const adaptation = { ...experiment.adaptation, warmUp: 10, maskedPhotos: 1, maskSize: 8, batch: 3 };
    return { ...experiment, adaptation: { ...adaptation, size: [width + 8, height + 8] as [number, number] } };
  };

  for (const last of [7, 10, 13]) {
    test(`stopped after step ${last}, where the first phase has ten, and resumed, it is the same run`, async () => {
      const [whole, broken] = [path.join(root, 'whole'), path.join(root, 'broken')];
      const uninterrupted = await trainTiny(whole, twoPhases());
      await trainTiny(broken, twoPhases(), { until: step => step > last });
      const resumed = await trainTiny(broken, twoPhases(), { resume: true });
      assert.deepEqual(withoutTimes(resumed.points), withoutTimes(uninterrupted.points));
      assert.deepEqual(
        resumed.points.map(({ losses }) => Object.keys(losses).length),
        [1, 1, 3, 3, 3],
      );
      assert.ok((await readFile(checkpointOf(whole, 21))).equals(await readFile(checkpointOf(broken, 21))));
    }).timeout(60000);
  }

  test('where the second phase cannot begin, the run says why', async () => {
    const experiment = twoPhases();
    const data: ExperimentData = {
      ...memoryData(experiment, tinyPictures),
      openTarget: () => Promise.reject(new Error('the photos are gone')),
    };
    await assert.rejects(trainTiny(path.join(root, 'run'), experiment, { data }), /^Error: the photos are gone$/);
  }).timeout(60000);
});
