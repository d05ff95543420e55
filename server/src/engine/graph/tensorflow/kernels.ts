import type { LeafKind } from '../rules/operatorRules';
import type { Node } from '../core/node';
import type { Kind } from '../core/operation';
import { convolutions } from './convolutionKernels';
import type { Kernel, Kernels } from './kernel';

/** Operators on single values, comparisons included; they broadcast. */
export const elementwise: Kernels<
  | 'abs'
  | 'exp'
  | 'log'
  | 'sqrt'
  | 'sigmoid'
  | 'relu'
  | 'clip'
  | 'cast'
  | 'add'
  | 'subtract'
  | 'multiply'
  | 'divide'
  | 'greater'
  | 'equal'
  | 'where'
> = {
  abs: (tf, [x]) => tf.abs(x),
  exp: (tf, [x]) => tf.exp(x),
  log: (tf, [x]) => tf.log(x),
  sqrt: (tf, [x]) => tf.sqrt(x),
  sigmoid: (tf, [x]) => tf.sigmoid(x),
  relu: (tf, [x], { operation: { slope } }) => (slope === 0 ? tf.relu(x) : tf.leakyRelu(x, slope)),
  clip: (tf, [x], { operation: { minimum, maximum } }) => tf.clipByValue(x, minimum, maximum),
  cast: (tf, [x], { type }) => tf.cast(x, type),
  add: (tf, [a, b]) => tf.add(a, b),
  subtract: (tf, [a, b]) => tf.sub(a, b),
  multiply: (tf, [a, b]) => tf.mul(a, b),
  divide: (tf, [a, b]) => tf.div(a, b),
  greater: (tf, [a, b]) => tf.greater(a, b),
  equal: (tf, [a, b]) => tf.equal(a, b),
  where: (tf, [condition, a, b]) => tf.where(condition, a, b),
};

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

/** Operators that move values. */
export const shaping: Kernels<'reshape' | 'expand' | 'transpose' | 'slice' | 'reverse' | 'pad' | 'concat'> = {
  reshape: (tf, [x], { shape }) => tf.reshape(x, [...shape]),
  expand: (tf, [x], { shape }) => tf.broadcastTo(x, [...shape]),
  transpose: (tf, [x], { operation: { order } }) => tf.transpose(x, [...order]),
  slice: (tf, [x], { shape, operation: { starts, ends, steps } }) =>
    steps.every(step => step === 1)
      ? tf.slice(x, [...starts], [...shape])
      : tf.stridedSlice(x, [...starts], [...ends], [...steps]),
  reverse: (tf, [x], { operation: { axes } }) => tf.reverse(x, [...axes]),
  pad: (tf, [x], { operation: { before, after } }) =>
    tf.pad(
      x,
      before.map((count, axis) => [count, after[axis]]),
    ),
  concat: (tf, inputs, { operation: { axis } }) => tf.concat([...inputs], axis),
};

const kernels: Kernels<Exclude<Kind, LeafKind>> = { ...elementwise, ...reduce, ...shaping, ...convolutions };

/** The kernel that computes a node's operator on TensorFlow.js; undefined for a leaf. */
export function kernelOf(node: Node): Kernel<Kind> | undefined {
  return (kernels as Partial<Record<Kind, Kernel<Kind>>>)[node.operation.kind];
}
