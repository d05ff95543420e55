import assert from 'node:assert/strict';
import { tf } from './cases/plainTensorflow';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { allCases } from './cases/all';
import type { GradientCase } from './cases/case';
import { openCase, relativeError } from './cases/evaluate';

const tolerance = 1e-5;

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
