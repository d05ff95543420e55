import assert from 'node:assert/strict';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import * as g from '.';
import references from './gradients.reference.json';
import { allCases } from './testing/gradientCases';
import { finiteDifferences, type GradientCase, openCase, relativeError } from './testing/gradientCase';
import { tf } from './testing/plainTensorflow';
import { openCpu } from '../backend/onnxBackends';
import optimizerReferences from './optimizers.reference.json';

/** Smaller than the distance between any two values of a case, so that no difference crosses a kink. */
const step = 4e-3;
/** Relative error of finite differences, and of values that another library computes. */
const differenceTolerance = 2e-3;
const tolerance = 1e-5;

async function worstError(gradientCase: GradientCase): Promise<number> {
  const opened = await openCase(gradientCase);
  const expected = await finiteDifferences(opened, step);
  const actual = await opened.gradients();
  await opened.dispose();
  return Math.max(...expected.map((row, index) => relativeError(actual[index].data, row)));
}

suite('gradients agree with finite differences', () => {
  for (const gradientCase of allCases) {
    test(gradientCase.name, async () => {
      const error = await worstError(gradientCase);
      assert.ok(error < differenceTolerance, `off by ${error}`);
    });
  }

  test('a gradient that is wrong by one part in a hundred is found', async () => {
    const build = (x: g.Node) => g.withGradient(g.exp(x), [x], (y, dy) => [g.multiply(g.multiply(dy, y), 1.01)]);
    assert.ok((await worstError({ name: 'wrong', shapes: [[2, 3]], build })) > differenceTolerance);
  });

  test('a gradient through a stop is zero', async () => {
    const x = await openCase({ name: 'stop', shapes: [[2, 3]], build: node => g.stopGradient(g.exp(node)) });
    assert.deepEqual([...(await x.gradients())[0].data], [0, 0, 0, 0, 0, 0]);
    await x.dispose();
  });
});

suite('values and gradients agree with stored ones of PyTorch', () => {
  test('of every case that tfjs does not differentiate', () => {
    assert.deepEqual(
      allCases.filter(({ name, tensorflow }) => !tensorflow && !(name in references)).map(({ name }) => name),
      [],
    );
  });

  for (const [name, expected] of Object.entries(references)) {
    test(name, async () => {
      const gradientCase = allCases.find(one => one.name === name);
      assert.ok(gradientCase);
      const opened = await openCase(gradientCase);
      assert.ok(relativeError((await opened.value(opened.inputs)).data, expected.value) < tolerance, 'value');
      for (const [index, actual] of (await opened.gradients()).entries()) {
        const error = relativeError(actual.data, expected.gradients[index]);
        assert.ok(error < tolerance, `gradient ${index} off by ${error}`);
      }
      await opened.dispose();
    });
  }
});

async function compare(gradientCase: GradientCase, there: NonNullable<GradientCase['tensorflow']>): Promise<void> {
  const opened = await openCase(gradientCase);
  const tensors = opened.inputs.map(({ shape, data }) => tf.tensor(data, [...shape]));
  const weights = tf.tensor(opened.weights.data, [...opened.weights.shape]);
  const value = await there(...tensors).data();
  const expected = tf.grads((...inputs) => tf.sum(tf.mul(there(...inputs), weights)))(tensors);
  const errors = [relativeError((await opened.value(opened.inputs)).data, value)];
  for (const [index, actual] of (await opened.gradients()).entries())
    errors.push(relativeError(actual.data, await expected[index].data()));
  await opened.dispose();
  assert.ok(Math.max(...errors) < tolerance, `value, then gradients, off by ${errors.join(', ')}`);
}

suite('values and gradients agree with tfjs', () => {
  setup(() => {
    tf.engine().startScope();
  });
  teardown(() => {
    tf.engine().endScope();
  });

  for (const gradientCase of allCases) {
    const there = gradientCase.tensorflow;
    if (there) test(gradientCase.name, () => compare(gradientCase, there));
  }
});

const optimizers: Readonly<
  Record<keyof typeof optimizerReferences, (loss: g.Node, weights: g.Node[], rate: g.Node) => g.StateVariable[]>
> = {
  sgd: (loss, weights) => g.sgd(loss, weights, { learningRate: 0.1 }),
  'sgd with momentum': (loss, weights, rate) => g.sgd(loss, weights, { learningRate: rate, momentum: 0.9 }),
  'sgd with nesterov momentum and decay': (loss, weights) =>
    g.sgd(loss, weights, { learningRate: 0.1, momentum: 0.9, weightDecay: 0.01, nesterov: true }),
  adam: (loss, weights) => g.adam(loss, weights, { learningRate: 0.05 }),
  'adam with decoupled decay': (loss, weights) =>
    g.adam(loss, weights, { learningRate: () => 0.05, weightDecay: 0.1, decoupled: true }),
  'adam with decay': (loss, weights) =>
    g.adam(loss, weights, { learningRate: 0.05, beta1: 0.8, beta2: 0.99, weightDecay: 0.1 }),
};

suite('optimizers step as PyTorch does', () => {
  for (const [name, rows] of Object.entries(optimizerReferences)) {
    test(name, async () => {
      const weight = g.variable('weight', { shape: [3], data: Float32Array.of(0.5, -1, 2) });
      const factors = g.constant({ shape: [3], data: Float32Array.of(1, 2, -0.5) });
      const loss = g.squaredError(g.multiply(weight, factors), 1);
      const update = optimizers[name as keyof typeof optimizerReferences](loss, [weight], g.input('rate', []));
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
