import type { Kernels } from './kernel';

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
