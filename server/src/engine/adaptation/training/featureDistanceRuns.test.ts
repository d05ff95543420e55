import assert from 'node:assert/strict';
import { openCpu } from '../../backend/onnxBackends';
import { memoryData } from '../../dataset/testing/memoryData';
import { street, streetClasses } from '../../dataset/testing/streets';
import { experimentSchema } from '../../experiment/experimentSchema';
import { bundledWeightsFile, hasBundledWeights } from '../networks/bundledWeights';
import { readPretrained } from '../networks/pretrainedWeights';
import { experimentMemory } from './adaptationMemory';
import { Trainer } from './trainer';
import { trainingProgram } from './trainingProgram';

const side = 32;
const experiment = experimentSchema.parse({
  source: {},
  target: { images: 'night' },
  classes: streetClasses.map(({ name, colour }, index) => ({ name, colour, values: [index] })),
  network: { name: 'efficientnet-lite0' },
  adaptation: { strategy: 'self-training', warmUp: 2, featureDistance: 0.05 },
  training: { steps: 3, batch: 1, size: [side, side], encoderLearningRate: 0.002 },
});
const pictures = {
  classes: streetClasses,
  source: [1, 2].map(seed => street(side, side, seed, 'day')),
  target: [3].map(seed => street(side, side, seed, 'night').picture),
  evaluation: [],
};

suite('a distance of features in training', () => {
  test('starts at 0, and is measured from the same encoder in both phases, before and after resuming', async function () {
    if (!hasBundledWeights()) this.skip(); // a build without pip goes on without them
    const [data, backend] = [memoryData(experiment, pictures), await openCpu(1)];
    const options = { data, backend, base: '', log: () => undefined };
    const trainer = await Trainer.open(experiment, options, undefined);
    const losses = [await trainer.step(1), await trainer.step(2)];
    const between = await trainer.state(2);
    losses.push(await trainer.step(3));
    const { tensors } = await trainer.state(3);
    await trainer.close();

    const [first, ...later] = losses.map(({ featureDistance }) => featureDistance);
    assert.ok(first < 1e-4, `${first}`);
    assert.ok(
      later.every(distance => distance > 0.01),
      later.join(),
    );
    const { state } = trainingProgram(experiment, streetClasses.length);
    const pretrained = await readPretrained(bundledWeightsFile(), '', state);
    const kept = Object.keys(pretrained.state).filter(name => name.startsWith('imagenet/'));
    assert.ok(kept.length > 90, String(kept.length));
    for (const name of kept) assert.deepEqual(tensors[name].data, pretrained.state[name].data, name);
    const filter = 'encoder.blocks.3.project.weight';
    assert.notDeepEqual(tensors[`network/${filter}`].data, tensors[`imagenet/${filter}`].data);

    const standing = { step: 2, pending: { sums: {}, count: 0 }, loss: 1, best: 1 };
    const resumed = await Trainer.open(experiment, options, { ...between, ...standing });
    assert.deepEqual(await resumed.step(3), losses[2]);
    await resumed.close();
  }).timeout(60_000);

  test('counts in the estimate of memory, and is no part of the step without it', () => {
    const without = { ...experiment, adaptation: { ...experiment.adaptation, featureDistance: 0 } };
    const [own, others] = [experiment, without].map(each => trainingProgram(each, streetClasses.length));
    assert.deepEqual(Object.keys(own.outputs), ['segmentation', 'featureDistance', 'selfTraining']);
    assert.deepEqual(Object.keys(others.outputs), ['segmentation', 'selfTraining']);
    assert.ok(own.state.length > others.state.length);
    assert.ok(experimentMemory(experiment, 5) > experimentMemory(without, 5) + 20);
  });
});
