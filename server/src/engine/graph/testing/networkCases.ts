import { tf } from './plainTensorflow';
import * as g from '..';
import type { GradientCase } from './gradientCase';

/** tfjs's CPU kernels want channels last. */
const last = (x: tf.Tensor) => tf.transpose(x, [0, 2, 3, 1]) as tf.Tensor4D;
const first = (x: tf.Tensor) => tf.transpose(x, [0, 3, 1, 2]);
const filterLast = (filter: tf.Tensor) => tf.transpose(filter, [2, 3, 1, 0]) as tf.Tensor4D;
const convolve = (stride: number, pad: number) => (x: tf.Tensor, filter: tf.Tensor, bias?: tf.Tensor) => {
  const y = first(tf.conv2d(last(x), filterLast(filter), stride, pad === 0 ? 'valid' : pad));
  return bias ? tf.add(y, tf.reshape(bias, [1, -1, 1, 1])) : y;
};
/** Of x [C,N,H,W] by a filter [C,1,k,k]. */
const depthwise =
  (stride: number, pad: number | 'same') =>
  (x: tf.Tensor, filter: tf.Tensor, bias?: tf.Tensor): tf.Tensor => {
    const padded = typeof pad === 'number' ? tf.pad(x, [[0, 0], [0, 0], [pad, pad], [pad, pad]]) : x; // prettier-ignore
    const y = tf.depthwiseConv2d(
      tf.transpose(padded, [1, 2, 3, 0]) as tf.Tensor4D,
      tf.transpose(filter, [2, 3, 0, 1]) as tf.Tensor4D,
      stride,
      pad === 'same' ? 'same' : 'valid',
    );
    const channelsFirst = tf.transpose(y, [3, 0, 1, 2]);
    return bias ? tf.add(channelsFirst, tf.reshape(bias, [-1, 1, 1, 1])) : channelsFirst;
  };
const image = [2, 3, 6, 5];

/** Convolutions, pooling, resizing, normalisation. */
export const networkCases: readonly GradientCase[] = [
  {
    name: 'convolution 3×3 with bias',
    shapes: [image, [4, 3, 3, 3], [4]],
    build: (x, w, b) => g.convolution(x, w, b),
    tensorflow: convolve(1, 1),
  },
  {
    name: 'convolution 3×3 of one image',
    shapes: [
      [1, 3, 6, 5],
      [2, 3, 3, 3],
    ],
    build: (x, w) => g.convolution(x, w, null),
    tensorflow: convolve(1, 1),
  },
  {
    name: 'convolution 1×1',
    shapes: [image, [4, 3, 1, 1]],
    build: (x, w) => g.convolution(x, w, null),
    tensorflow: convolve(1, 0),
  },
  {
    name: 'convolution without padding',
    shapes: [image, [2, 3, 3, 2]],
    build: (x, w) => g.convolution(x, w, null, { padding: 0 }),
    tensorflow: convolve(1, 0),
  },
  {
    name: 'convolution with more padding than filter',
    shapes: [
      [1, 2, 3, 3],
      [2, 2, 2, 2],
    ],
    build: (x, w) => g.convolution(x, w, null, { padding: 2 }),
    tensorflow: convolve(1, 2),
  },
  {
    name: 'convolution with stride 2',
    shapes: [[1, 3, 7, 6], [4, 3, 3, 3], [4]],
    build: (x, w, b) => g.convolution(x, w, b, { stride: 2 }),
    tensorflow: convolve(2, 1),
  },
  {
    name: 'convolution 4×4 with stride 2',
    shapes: [
      [1, 2, 8, 8],
      [3, 2, 4, 4],
    ],
    build: (x, w) => g.convolution(x, w, null, { stride: 2, padding: 1 }),
    tensorflow: convolve(2, 1),
  },
  {
    name: 'dilated convolution',
    shapes: [image, [2, 3, 3, 3]],
    build: (x, w) => g.convolution(x, w, null, { dilation: 2 }),
  },
  {
    name: 'dilated convolution with stride',
    shapes: [image, [2, 3, 3, 3]],
    build: (x, w) => g.convolution(x, w, null, { dilation: 2, stride: 2 }),
  },
  {
    name: 'grouped convolution',
    shapes: [
      [2, 4, 5, 4],
      [6, 2, 3, 3],
    ],
    build: (x, w) => g.convolution(x, w, null, { groups: 2 }),
  },
  {
    name: 'depthwise convolution',
    shapes: [
      [2, 3, 5, 4],
      [3, 1, 3, 3],
    ],
    build: (x, w) => g.convolution(x, w, null, { groups: 3 }),
  },
  {
    name: 'depthwise convolution with stride',
    shapes: [
      [1, 3, 5, 6],
      [6, 1, 3, 3],
    ],
    build: (x, w) => g.convolution(x, w, null, { groups: 3, stride: 2 }),
  },
  {
    name: 'dilated depthwise convolution',
    shapes: [
      [2, 3, 7, 6],
      [3, 1, 3, 3],
    ],
    build: (x, w) => g.convolution(x, w, null, { groups: 3, dilation: 2 }),
  },
  {
    name: 'transposed convolution',
    shapes: [
      [2, 3, 3, 2],
      [3, 2, 4, 4],
    ],
    build: (x, w) => g.transposedConvolution(x, w, { stride: 2, padding: 1 }),
    tensorflow: (x, w) => first(tf.conv2dTranspose(last(x), filterLast(w), [2, 6, 4, 2], 2, 1)),
  },
  {
    name: 'max pooling',
    shapes: [[1, 2, 6, 4]],
    build: x => g.maxPooling(x, { size: 2 }),
    tensorflow: x => first(tf.maxPool(last(x), 2, 2, 0)),
  },
  {
    name: 'max pooling with padding',
    shapes: [[1, 2, 6, 5]],
    values: value => value - 2,
    build: x => g.maxPooling(x, { size: 3, stride: 2, padding: 1 }),
    tensorflow: x => first(tf.maxPool(last(x), 3, 2, 1)),
  },
  {
    name: 'average pooling',
    shapes: [[1, 2, 6, 5]],
    build: x => g.averagePooling(x, { size: 2 }),
    tensorflow: x => first(tf.avgPool(last(x), 2, 2, 0)),
  },
  {
    name: 'average pooling with padding',
    shapes: [[1, 2, 6, 5]],
    build: x => g.averagePooling(x, { size: 3, stride: 2, padding: 1 }),
  },
  { name: 'bilinear resize', shapes: [[2, 2, 3, 4]], build: x => g.resize(x, [5, 7], { mode: 'bilinear' }) },
  {
    name: 'bilinear resize, corners aligned',
    shapes: [[2, 2, 3, 3]],
    build: x => g.resize(x, [5, 5], { mode: 'bilinear', alignCorners: true }),
    tensorflow: x => first(tf.image.resizeBilinear(last(x), [5, 5], true)),
  },
  {
    name: 'bilinear resize to a smaller size',
    shapes: [[1, 2, 7, 5]],
    build: x => g.resize(x, [3, 4], { mode: 'bilinear' }),
  },
  { name: 'nearest resize', shapes: [[2, 2, 3, 4]], build: x => g.resize(x, [6, 8], { mode: 'nearest' }) },
  {
    name: 'depthwise convolution 3×3 with the channels first',
    shapes: [[3, 2, 6, 5], [3, 1, 3, 3], [3]],
    build: (x, w, b) => g.depthwiseConvolution(x, w, b, { strides: [1, 1], dilations: [1, 1], pads: [1, 1, 1, 1] }),
    tensorflow: depthwise(1, 1),
  },
  {
    name: 'depthwise convolution 5×5, stride 2, without bias',
    shapes: [
      [2, 2, 8, 7],
      [2, 1, 5, 5],
    ],
    build: (x, w) => g.depthwiseConvolution(x, w, null, { strides: [2, 2], dilations: [1, 1], pads: [2, 2, 2, 2] }),
    tensorflow: depthwise(2, 2),
  },
  {
    name: 'depthwise convolution 3×3, stride 2, padded unevenly as in TensorFlow',
    shapes: [
      [2, 3, 6, 4],
      [2, 1, 3, 3],
    ],
    build: (x, w) => g.depthwiseConvolution(x, w, null, { strides: [2, 2], dilations: [1, 1], pads: [0, 0, 1, 1] }),
    tensorflow: depthwise(2, 'same'),
  },
  {
    name: 'batch normalisation in training',
    shapes: [image, [3], [3]],
    build: (x, scale, shift) => g.batchNormalisation(x, { scale, shift }).output,
    tensorflow: (x, scale, shift) => {
      const { mean, variance } = tf.moments(last(x), [0, 1, 2]);
      return first(
        tf.batchNorm(
          last(x),
          mean as tf.Tensor1D,
          variance as tf.Tensor1D,
          shift as tf.Tensor1D,
          scale as tf.Tensor1D,
          1e-5,
        ),
      );
    },
  },
  {
    name: 'batch normalisation in inference',
    shapes: [image, [3], [3], [3], [3]],
    values: value => value + 1.2,
    build: (x, scale, shift, mean, variance) => g.normalise(x, { scale, shift }, { mean, variance }),
    tensorflow: (x, scale, shift, mean, variance) =>
      first(
        tf.batchNorm(
          last(x),
          mean as tf.Tensor1D,
          variance as tf.Tensor1D,
          shift as tf.Tensor1D,
          scale as tf.Tensor1D,
          1e-5,
        ),
      ),
  },
];
