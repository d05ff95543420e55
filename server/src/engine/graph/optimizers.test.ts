import assert from 'node:assert/strict';
import * as g from '.';
import { openCpu } from '../backend/onnxBackends';
import { relativeError } from './testing/gradientCase';
import references from './optimizers.reference.json';

const optimizers: Readonly<
  Record<keyof typeof references, (loss: g.Node, weights: g.Node[], rate: g.Node) => g.StateVariable[]>
> = {
  sgd: (loss, weights) => g.sgd(loss, weights, { learningRate: 0.1 }),
  'sgd with momentum': (loss, weights, rate) => g.sgd(loss, weights, { learningRate: rate, momentum: 0.9 }),
  'sgd with nesterov momentum and decay': (loss, weights) =>
    g.sgd(loss, weights, { learningRate: 0.1, momentum: 0.9, weightDecay: 0.01, nesterov: true }),
  adam: (loss, weights) => g.adam(loss, weights, { learningRate: 0.05 }),
  'adam with decay': (loss, weights) =>
    g.adam(loss, weights, { learningRate: 0.05, beta1: 0.8, beta2: 0.99, weightDecay: 0.1 }),
};

suite('optimizers step as PyTorch does', () => {
  for (const [name, rows] of Object.entries(references)) {
    test(name, async () => {
      const weight = g.variable('weight', { shape: [3], data: Float32Array.of(0.5, -1, 2) });
      const factors = g.constant({ shape: [3], data: Float32Array.of(1, 2, -0.5) });
      const loss = g.squaredError(g.multiply(weight, factors), 1);
      const update = optimizers[name as keyof typeof references](loss, [weight], g.input('rate', []));
      const session = await (await openCpu(1)).createSession(g.createProgram({ loss }, update));
      for (const expected of rows) {
        await session.run({ rate: { shape: [], data: Float32Array.of(0.1) } });
        const error = relativeError((await session.readState()).weight.data, expected);
        assert.ok(error < 1e-5, `off by ${error}`);
      }
      await session.dispose();
    });
  }

  test('a moving average follows by its momentum', async () => {
    const average = g.variable('average', { shape: [2], data: Float32Array.of(1, 2) });
    const value = g.input('value', [2]);
    const session = await (
      await openCpu(1)
    ).createSession(g.createProgram({}, [g.movingAverage(average, value, 0.75)]));
    await session.run({ value: { shape: [2], data: Float32Array.of(5, -2) } });
    assert.deepEqual([...(await session.readState()).average.data], [2, 1]);
    await session.dispose();
  });
});
