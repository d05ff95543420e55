import type { Kernels } from './kernel';

/** Reductions, products, and lookups by index. */
export const reduce: Kernels<'sum' | 'max' | 'argMax' | 'matmul' | 'gather' | 'scatterAdd'> = {
  // axis by axis from the last, as in the ONNX form: one float32 sum over millions of values loses three digits
  sum: (tf, [x], { operation: { axes } }) => axes.reduceRight((sum, axis) => tf.sum(sum, axis, true), x),
  max: (tf, [x], { operation: { axes } }) => tf.max(x, [...axes], true),
  argMax: (tf, [x], { operation: { axis } }) => tf.expandDims(tf.argMax(x, axis), axis),
  matmul: (tf, [a, b], { operation: { transposeA, transposeB } }) => tf.matMul(a, b, transposeA, transposeB),
  gather: (tf, [table, indices]) => tf.gather(table, indices),
  scatterAdd: (tf, [values, indices], { operation: { rows } }) =>
    tf.unsortedSegmentSum(values, indices as ReturnType<typeof tf.tensor1d>, rows),
};
