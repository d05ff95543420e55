import assert from 'node:assert/strict';
import { experimentSchema } from '../../experiment/experimentSchema';
import { stepFeeds, adaptationStrength } from './stepFeeds';
import { learningRateAt, learningRateShare, trainingPhases } from './trainingPhase';
import { add, createProgram, exp, input, multiply, variable, assign } from '../../graph';
import { tensorMegabytes } from '../../graph/core/tensorMemory';
import { largestBatchWithin, experimentMemory } from './adaptationMemory';

suite('schedules of a run', () => {
  test('adaptation begins after the warm-up, at once or little by little', () => {
    const strengths = (warmUp: number, rampUp: number) =>
      [1, 2, 3, 4, 5, 6].map(step => adaptationStrength(step, { warmUp, rampUp }));
    assert.deepEqual(strengths(0, 0), [1, 1, 1, 1, 1, 1]);
    assert.deepEqual(strengths(2, 0), [0, 0, 1, 1, 1, 1]);
    assert.deepEqual(strengths(1, 3), [0, 0.25, 0.5, 0.75, 1, 1]);
  });

  test('the learning rate falls to almost nothing', () => {
    assert.deepEqual(
      [1, 501, 1000].map(step => Number(learningRateShare(step, { steps: 1000, rateWarmUp: 0 }).toFixed(4))),
      [1, 0.5359, 0.002],
    );
  });

  test('the learning rate grows over its warm-up', () => {
    const shares = [1, 2, 3, 4].map(step => learningRateShare(step, { steps: 1e9, rateWarmUp: 3 }));
    assert.deepEqual(
      shares.map(share => Number(share.toFixed(6))),
      [0.25, 0.5, 0.75, 1],
    );
  });

  test('a run learns from the source alone until the warm-up is over, then adapts, with rates of its own', () => {
    const experiment = experimentSchema.parse({
      source: {},
      target: { images: 'photos' },
      classes: 'camvid11',
      adaptation: { strategy: 'self-training', warmUp: 6, size: [32, 24], batch: 2, rateShare: 0.5 },
      training: { steps: 10, size: [16, 16], learningRate: 0.01 },
    });
    const phases = trainingPhases(experiment).map(({ before, experiment: { adaptation, training } }) => ({
      before,
      strategy: adaptation.strategy,
      steps: training.steps,
      batch: training.batch,
      size: training.size,
    }));
    assert.deepEqual(phases, [
      { before: 0, strategy: 'none', steps: 6, batch: 4, size: [16, 16] },
      { before: 6, strategy: 'self-training', steps: 4, batch: 2, size: [32, 24] },
    ]);
    const rates = [1, 6, 7, 10].map(step => learningRateAt(experiment, step));
    const expected = [0.01, 0.01 * (1 / 6) ** 0.9, 0.005, 0.005 * (1 / 4) ** 0.9];
    rates.forEach((rate, index) =>
      assert.ok(Math.abs(rate - expected[index]) < 1e-9, `${rate}, not ${expected[index]}`),
    );
  });

  test("a share of the source pictures takes on the target's histograms, where there is a target", () => {
    const experiment = experimentSchema.parse({
      source: {},
      classes: 'camvid11',
      adaptation: { targetHistograms: 0.5 },
      training: { batch: 2, size: [16, 16] },
    });
    const images = (value: number) => ({ shape: [2, 3, 16, 16], data: new Float32Array(2 * 3 * 256).fill(value) });
    const labels = { shape: [2, 1, 16, 16], data: new Int32Array(512) };
    const fed = (target: boolean) =>
      stepFeeds(experiment, 1, { images: images(1), labels }, target ? { images: images(-1) } : undefined).source.data;
    const [first, second] = [fed(true)[0], fed(true)[3 * 256]];
    assert.ok(Math.abs(first + 1) < 0.01, `${first}`); // to the nearest byte
    assert.equal(second, 1);
    assert.equal(fed(false)[0], 1);
  });
});

suite('Memory of training', () => {
  const experiment = (batch: number, training = {}) =>
    experimentSchema.parse({
      source: {},
      target: { images: 'x' },
      classes: 'camvid11',
      adaptation: { strategy: 'none' },
      training: { batch, ...training },
    });

  test('holds a tensor from where it is made to where it is last used', () => {
    const x = input('x', [250_000]); // 1 MB
    const weight = variable('w', { shape: [250_000], data: new Float32Array(250_000) });
    const early = exp(x);
    let last = multiply(early, x); // x, early and this one are alive
    for (let layer = 0; layer < 5; layer++) last = exp(last); // two at a time
    const total = add(last, weight); // last, the weight's successor
    assert.deepEqual(tensorMegabytes(createProgram({ last }, [assign(weight, total)])), { live: 3, state: 1 });
  });

  test('meets measured peaks of processes, in megabytes', () => {
    const near = (estimate: number, peak: number) => {
      assert.ok(Math.abs(estimate / peak - 1) < 0.1, `${estimate} for ${peak}`);
    };
    near(experimentMemory(experiment(4), 11), 249);
    near(experimentMemory(experiment(8, { size: [320, 240] }), 11), 1018);
  });

  test('tells the largest batch that fits', () => {
    const large = experiment(16, { size: [320, 240] });
    const limit = 1018;
    const batch = largestBatchWithin(limit, large, 11);
    const memoryWith = (size: number) => experimentMemory(experiment(size, { size: [320, 240] }), 11);
    assert.ok(memoryWith(batch) <= limit && memoryWith(batch + 1) > limit, `batch ${batch}`);
    assert.equal(largestBatchWithin(1e5, large, 11), 16);
    assert.equal(largestBatchWithin(160, large, 11), 0);
  });
});
