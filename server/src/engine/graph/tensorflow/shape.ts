import type { Kernels } from './kernel';

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
