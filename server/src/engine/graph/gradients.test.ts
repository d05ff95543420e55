import assert from 'node:assert/strict';
import * as g from '.';
import references from './gradients.reference.json';
import { allCases } from './testing/gradientCases';
import { finiteDifferences, type GradientCase, openCase, relativeError } from './testing/gradientCase';
import { tf } from './testing/plainTensorflow';
import '@tensorflow/tfjs-core/dist/register_all_gradients';

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
