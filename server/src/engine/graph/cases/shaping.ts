import { tf } from './plainTensorflow';
import * as g from '..';
import type { GradientCase } from './case';

const plain = [2, 3, 4];
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
