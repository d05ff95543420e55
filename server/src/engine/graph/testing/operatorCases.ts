import * as g from '..';
import { tf } from './plainTensorflow';
import type { GradientCase } from './gradientCase';

const positive = (value: number) => 1.2 + value;
const plain = [2, 3, 4];

/** Elementwise operators and reductions. */
export const elementwiseCases: readonly GradientCase[] = [
  { name: 'add with broadcasting', shapes: [plain, [3, 1]], build: g.add, tensorflow: tf.add },
  { name: 'subtract with broadcasting', shapes: [[4], plain], build: g.subtract, tensorflow: tf.sub },
  { name: 'multiply with broadcasting', shapes: [plain, [2, 1, 4]], build: g.multiply, tensorflow: tf.mul },
  {
    name: 'divide with broadcasting',
    shapes: [plain, [1, 3, 1]],
    values: positive,
    build: g.divide,
    tensorflow: tf.div,
  },
  {
    name: 'a tensor used twice',
    shapes: [plain],
    build: x => g.add(g.square(x), g.multiply(x, 3)),
    tensorflow: x => tf.add(tf.square(x), tf.mul(x, 3)),
  },
  { name: 'maximum', shapes: [plain, plain], build: g.maximum, tensorflow: tf.maximum },
  { name: 'minimum', shapes: [plain, plain], build: g.minimum, tensorflow: tf.minimum },
  { name: 'negate', shapes: [plain], build: g.negate, tensorflow: tf.neg },
  { name: 'abs', shapes: [plain], build: g.abs, tensorflow: tf.abs },
  { name: 'exp', shapes: [plain], build: g.exp, tensorflow: tf.exp },
  { name: 'log', shapes: [plain], values: positive, build: g.log, tensorflow: tf.log },
  { name: 'sqrt', shapes: [plain], values: positive, build: g.sqrt, tensorflow: tf.sqrt },
  { name: 'sigmoid', shapes: [plain], build: g.sigmoid, tensorflow: tf.sigmoid },
  { name: 'relu', shapes: [plain], build: g.relu, tensorflow: tf.relu },
  { name: 'leaky relu', shapes: [plain], build: x => g.leakyRelu(x, 0.2), tensorflow: x => tf.leakyRelu(x, 0.2) },
  { name: 'clip', shapes: [plain], build: x => g.clip(x, -0.5, 0.3), tensorflow: x => tf.clipByValue(x, -0.5, 0.3) },
  {
    name: 'where',
    shapes: [plain, [4]],
    build: (a, b) => g.where(g.greater(a, 0.1), a, b),
    tensorflow: (a, b) =>
      tf.where(
        tf.tensor(
          Array.from(a.dataSync(), value => value > 0.1),
          a.shape,
          'bool',
        ),
        a,
        b,
      ),
  },
  {
    name: 'sum over two axes',
    shapes: [plain],
    build: x => g.sum(x, [0, 2]),
    tensorflow: x => tf.sum(x, [0, 2], true),
  },
  { name: 'mean over all', shapes: [plain], build: g.average, tensorflow: x => tf.mean(x) },
  { name: 'max', shapes: [plain], build: x => g.max(x, [1]), tensorflow: x => tf.max(x, 1, true) },
  {
    name: 'softmax',
    shapes: [[2, 5, 3]],
    build: x => g.softmax(x),
    tensorflow: x => tf.transpose(tf.softmax(tf.transpose(x, [0, 2, 1])), [0, 2, 1]),
  },
  { name: 'log softmax', shapes: [[4, 5]], build: x => g.logSoftmax(x), tensorflow: x => tf.logSoftmax(x) },
];

const indices = { shape: [4], data: Int32Array.of(2, 0, 2, 1) };

/** Operators that move values, products, and lookups. */
export const shapingCases: readonly GradientCase[] = [
  { name: 'reshape', shapes: [plain], build: x => g.reshape(x, [6, 4]), tensorflow: x => tf.reshape(x, [6, 4]) },
  { name: 'expand', shapes: [[3, 1]], build: x => g.expand(x, plain), tensorflow: x => tf.broadcastTo(x, plain) },
  {
    name: 'transpose',
    shapes: [plain],
    build: x => g.transpose(x, [2, 0, 1]),
    tensorflow: x => tf.transpose(x, [2, 0, 1]),
  },
  {
    name: 'slice',
    shapes: [plain],
    build: x => g.slice(x, [0, 1, -3], [2, 3, -1]),
    tensorflow: x => tf.slice(x, [0, 1, 1], [2, 2, 2]),
  },
  { name: 'slice with steps', shapes: [[2, 7]], build: x => g.slice(x, [0, 1], [2, 6], [1, 2]) },
  { name: 'slice with a step that ends inside', shapes: [[9]], build: x => g.sliceAxis(x, 0, 0, 6, 4) },
  {
    name: 'difference',
    shapes: [plain],
    build: x => g.difference(x, 1),
    tensorflow: x => tf.sub(tf.slice(x, [0, 1, 0]), tf.slice(x, [0, 0, 0], [2, 2, 4])),
  },
  { name: 'reverse', shapes: [plain], build: x => g.reverse(x, [0, 2]), tensorflow: x => tf.reverse(x, [0, 2]) },
  {
    name: 'pad',
    shapes: [[2, 3]],
    build: x => g.pad(x, [1, 0], [0, 2]),
    tensorflow: x =>
      tf.pad(x, [
        [1, 0],
        [0, 2],
      ]),
  },
  {
    name: 'concat',
    shapes: [
      [2, 3],
      [2, 1],
      [2, 2],
    ],
    build: (...x) => g.concat(x, 1),
    tensorflow: (...x) => tf.concat(x, 1),
  },
  ...[false, true].flatMap(transposeA =>
    [false, true].map(transposeB => ({
      name: `matmul${transposeA ? ', left transposed' : ''}${transposeB ? ', right transposed' : ''}`,
      shapes: [transposeA ? [4, 3] : [3, 4], transposeB ? [2, 4] : [4, 2]],
      build: (a: g.Node, b: g.Node) => g.matmul(a, b, { transposeA, transposeB }),
      tensorflow: (a: tf.Tensor, b: tf.Tensor) => tf.matMul(a, b, transposeA, transposeB),
    })),
  ),
  {
    name: 'matmul of a batch',
    shapes: [
      [2, 3, 4],
      [2, 5, 4],
    ],
    build: (a, b) => g.matmul(a, b, { transposeB: true }),
    tensorflow: (a, b) => tf.matMul(a, b, false, true),
  },
  {
    name: 'matmul with broadcasting',
    shapes: [
      [3, 4],
      [2, 4, 2],
    ],
    build: (a, b) => g.matmul(a, b),
  },
  {
    name: 'gather',
    shapes: [[3, 2]],
    build: x => g.gather(x, g.constant(indices)),
    tensorflow: x => tf.gather(x, tf.tensor1d([2, 0, 2, 1], 'int32')),
  },
  {
    name: 'scatter add',
    shapes: [[4, 2]],
    build: x => g.scatterAdd(x, g.constant(indices), 3),
    tensorflow: x => tf.unsortedSegmentSum(x, tf.tensor1d([2, 0, 2, 1], 'int32'), 3),
  },
];
