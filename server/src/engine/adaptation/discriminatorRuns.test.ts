import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Experiment } from '../experiment/experimentSchema';
import { checkpointOf, tinyExperiment, trainTiny, withoutTimes } from './testing/tinyRuns';
import { trainingProgram } from './training/trainingProgram';

const adversarial = (settings: Partial<Experiment['adaptation']>) => {
  const experiment = tinyExperiment('adversarial', 12);
  return { ...experiment, adaptation: { ...experiment.adaptation, ...settings } };
};

suite('discriminators in training', () => {
  test('with spectral normalisation, a run that was stopped and resumed is the same run', async () => {
    const root = await mkdtemp(path.join(os.tmpdir(), 'labelless-discriminator-'));
    const [whole, broken] = [path.join(root, 'whole'), path.join(root, 'broken')];
    const experiment = adversarial({ discriminatorNorm: 'spectral', adversarialWeight: 0.1 });
    const uninterrupted = await trainTiny(whole, experiment);
    await trainTiny(broken, experiment, { until: step => step > 9 });
    const resumed = await trainTiny(broken, experiment, { resume: true });
    assert.deepEqual(withoutTimes(resumed.points), withoutTimes(uninterrupted.points));
    assert.ok((await readFile(checkpointOf(whole, 12))).equals(await readFile(checkpointOf(broken, 12))));
    await rm(root, { recursive: true, force: true });
  }).timeout(60_000);

  test('see the last output, a second one, or the features that the last is made of', () => {
    const namesOf = (levels: Experiment['adaptation']['levels']) => {
      const experiment = adversarial({ levels });
      const network = { ...experiment.network, name: 'efficientnet-lite0' as const };
      const training = { ...experiment.training, size: [80, 64] as [number, number] };
      const program = trainingProgram({ ...experiment, network, training }, 5);
      const shape = (name: string) => program.state.find(each => each.name === name)?.initial.shape;
      return {
        main: shape('discriminator/main/conv1.weight'),
        second: shape('discriminator/second/conv1.weight'),
        decoded: shape('discriminator/decoded/conv1.weight'),
        classifier: shape('network/decoder.classes2.weight'),
      };
    };
    const none = { main: undefined, second: undefined, decoded: undefined, classifier: undefined };
    assert.deepEqual(namesOf('single'), { ...none, main: [4, 5, 4, 4] });
    assert.deepEqual(namesOf('multi'), {
      ...none,
      main: [4, 5, 4, 4],
      second: [4, 5, 4, 4],
      classifier: [5, 64, 1, 1],
    });
    assert.deepEqual(namesOf('features'), { ...none, decoded: [4, 64, 4, 4] });
  });
});
