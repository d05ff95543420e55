import assert from 'node:assert/strict';
import { add, createProgram, exp, input, multiply, variable, assign } from '../../graph';
import { experimentSchema } from '../../experiment/experimentSchema';
import { largestBatchWithin, experimentMemory, tensorMegabytes } from './adaptationMemory';

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
