import assert from 'node:assert/strict';
import * as g from '.';
import { openCpu } from '../backend/onnxBackends';
import type { Backend } from '../backend/session';
import { interpreterBackend, openTensorflow } from '../backend/tensorflowBackend';
import { tf } from './testing/plainTensorflow';
import type { TensorValue } from './core/operation';
import { allCases } from './testing/gradientCases';
import { type GradientCase, openCase, relativeError } from './testing/gradientCase';

/** The value of a node that needs no inputs. */
async function valueOn(backend: Backend, node: g.Node): Promise<TensorValue> {
  const session = await backend.createSession(g.createProgram({ node }));
  const { node: value } = await session.run({});
  await session.dispose();
  return value;
}

const floats = (shape: number[], ...values: number[]) => g.constant({ shape, data: Float32Array.from(values) });
const integers = (shape: number[], ...values: number[]) => g.constant({ shape, data: Int32Array.from(values) });

const backends = { cpu: () => openCpu(1), tensorflow: () => interpreterBackend(tf) };

for (const [name, open] of Object.entries(backends))
  suite(`values of operators on ${name}`, () => {
    const evaluate = async (node: g.Node) => valueOn(await open(), node);

    test('argMax answers int32, the first of equals', async () => {
      const x = floats([1, 3, 1, 3], 1, 5, 2, /**/ 3, 5, 2, /**/ 2, 4, 9);
      assert.deepEqual(await evaluate(g.argMax(x, 1)), { shape: [1, 1, 1, 3], data: Int32Array.of(1, 0, 2) });
    });

    test('oneHot has nothing for a label outside the classes', async () => {
      assert.deepEqual([...(await evaluate(g.oneHot(integers([1, 1, 1, 3], 1, 255, 0), 2))).data], [0, 0, 1, 1, 0, 0]);
    });

    test('countIndices counts', async () => {
      assert.deepEqual([...(await evaluate(g.countIndices(integers([2, 2], 3, 0, 3, 3), 5))).data], [1, 0, 0, 3, 0]);
    });

    test('sign is −1, 0, 1', async () => {
      assert.deepEqual([...(await evaluate(g.sign(floats([4], -1e-9, 0, 2, -3)))).data], [-1, 0, 1, -1]);
    });

    test('a mean over millions of values keeps six digits', async () => {
      const data = Float32Array.from({ length: 4 * 1024 * 1024 }, (_, index) => 4.1 + 0.01 * (index % 7));
      const expected = data.reduce((sum, value) => sum + value, 0) / data.length;
      const {
        data: [mean],
      } = await evaluate(g.average(g.constant({ shape: [1, 4, 1024, 1024], data })));
      assert.ok(Math.abs(mean / expected - 1) < 1e-6, `${mean}, not ${expected}`);
    });

    test('losses stay finite for logits of any size, and where every pixel is ignored', async () => {
      const logits = floats([1, 2, 1, 2], 1000, -1000, -1000, 1000);
      const labels = integers([1, 1, 1, 2], 1, 1);
      assert.equal((await evaluate(g.crossEntropy(logits, labels))).data[0], 1000);
      assert.equal((await evaluate(g.crossEntropy(logits, labels, { ignoreLabel: 1 }))).data[0], 0);
      assert.equal((await evaluate(g.binaryCrossEntropy(logits, 1))).data[0], 500);
    });

    test('padding never wins a max pooling', async () => {
      const x = floats([1, 1, 2, 2], -1, -2, -3, -4);
      assert.deepEqual(
        [...(await evaluate(g.maxPooling(x, { size: 3, stride: 1, padding: 1 }))).data],
        [-1, -1, -1, -1],
      );
    });

    test('batch normalisation answers the statistics that inference then uses', async () => {
      const x = g.constant({ shape: [2, 2, 1, 2], data: Float32Array.of(1, 3, 10, 10, 5, 7, 30, 30) });
      const { mean, variance } = g.batchNormalisation(x, { scale: floats([2], 1, 1), shift: floats([2], 0, 0) });
      assert.deepEqual([...(await evaluate(mean)).data], [4, 20]);
      assert.deepEqual([...(await evaluate(variance)).data], [5, 100]);
    });
  });

suite('values of operators', () => {
  test('one and two threads give the same bytes', async () => {
    const noise = (shape: number[]) =>
      g.constant({
        shape,
        data: Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => Math.sin(i * i)),
      });
    const [x, w] = [noise([1, 8, 40, 40]), noise([8, 8, 3, 3])];
    const [gradient] = g.gradients(g.total(g.square(g.relu(g.convolution(x, w, null)))), [w]);
    assert.deepEqual(await valueOn(await openCpu(1), gradient), await valueOn(await openCpu(2), gradient));
    assert.deepEqual(await valueOn(await openCpu(2), gradient), await valueOn(await openCpu(2), gradient));
  });
});

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
