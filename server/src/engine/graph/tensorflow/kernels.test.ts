import assert from 'node:assert/strict';
import { tf } from '../testing/plainTensorflow';
import { openCpu } from '../../backend/onnxBackends';
import type { Backend } from '../../backend/session';
import { interpreterBackend, openTensorflow } from '../../backend/tensorflowBackend';
import { allCases } from '../testing/gradientCases';
import { type GradientCase, openCase, relativeError } from '../testing/gradientCase';
import type { TensorValue } from '../core/operation';

const tolerance = 1e-5;
/**
 * Where it is set, the TensorFlow installed in that folder is tested in place of the plain back end; see
 * scripts/tensorflow.mjs.
 */
const folder = process.env.LABELLESS_TENSORFLOW_FOLDER;

const backend = folder === undefined ? interpreterBackend(tf) : openTensorflow(1, folder);

async function evaluate(gradientCase: GradientCase, backend: Backend): Promise<TensorValue[]> {
  const opened = await openCase(gradientCase, backend);
  const results = [await opened.value(opened.inputs), ...(await opened.gradients())];
  await opened.dispose();
  return results;
}

suite('kernels of TensorFlow.js', () => {
  for (const gradientCase of allCases) {
    test(`agree with ONNX Runtime: ${gradientCase.name}`, async () => {
      const before = tf.memory().numTensors;
      const actual = await evaluate(gradientCase, backend);
      assert.equal(tf.memory().numTensors, before, 'tensors are left behind');
      for (const [index, expected] of (await evaluate(gradientCase, await openCpu(1))).entries()) {
        assert.deepEqual(actual[index].shape, expected.shape);
        const error = relativeError(actual[index].data, expected.data);
        assert.ok(error < tolerance, `${index === 0 ? 'value' : `gradient ${index}`} off by ${error}`);
      }
    });
  }
});
