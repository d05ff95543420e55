import type * as tfjs from '@tensorflow/tfjs-core';
import type { ConvolutionAttributes } from '../core/operation';
import { range } from '../core/tensorShape';
import type { Kernels, Tensor, TensorFlow } from './kernel';

type Tensor4D = tfjs.Tensor4D;
type Pair = [number, number];

/** TensorFlow's processor kernels know images with channels last alone: [N,C,H,W] → [N,H,W,C], and back. */
const channelsLast = (tf: TensorFlow, x: Tensor) => tf.transpose(x as Tensor4D, [0, 2, 3, 1]);
const channelsFirst = (tf: TensorFlow, x: Tensor4D) => tf.transpose(x, [0, 3, 1, 2]);

/** A filter [O,C/groups,kh,kw] as TensorFlow has it; depthwise [kh,kw,C,O/C], else [kh,kw,C/groups,O]. */
function filterLast(tf: TensorFlow, filter: Tensor, depthwise: boolean, groups: number): Tensor4D {
  const [filters, , height, width] = filter.shape;
  return depthwise
    ? tf.transpose(tf.reshape(filter, [groups, filters / groups, height, width]), [2, 3, 0, 1])
    : tf.transpose(filter as Tensor4D, [2, 3, 1, 0]);
}

/** Puts zeros between a filter's rows and columns, for kernels without dilation. */
function spread(tf: TensorFlow, filter: Tensor4D, [rows, columns]: readonly [number, number]): Tensor4D {
  if (rows === 1 && columns === 1) return filter;
  const [height, width, ...channels] = filter.shape;
  const split = tf.reshape(filter, [height, 1, width, 1, ...channels]);
  const padded = tf.pad(split, [
    [0, 0],
    [0, rows - 1],
    [0, 0],
    [0, columns - 1],
    [0, 0],
    [0, 0],
  ]);
  const whole: Tensor4D = tf.reshape(padded, [height * rows, width * columns, ...channels]);
  return tf.slice<tfjs.Rank.R4, Tensor4D>(
    whole,
    [0, 0, 0, 0],
    [(height - 1) * rows + 1, (width - 1) * columns + 1, ...channels],
  );
}

/** Computes every group of an image's channels with its filters, which are parts of the last axis. */
function byGroup(
  tf: TensorFlow,
  x: Tensor4D,
  filter: Tensor4D,
  groups: number,
  compute: (x: Tensor4D, filter: Tensor4D) => Tensor4D,
): Tensor4D {
  if (groups === 1) return compute(x, filter);
  const [images, filters] = [x, filter].map(whole => tf.split<Tensor4D>(whole, groups, 3));
  return tf.concat<Tensor4D>(
    range(groups).map(group => compute(images[group], filters[group])),
    3,
  );
}

/** Whether each channel has a filter of its own, for which TensorFlow has special kernels. */
const isDepthwise = (groups: number, filter: Tensor) => groups > 1 && filter.shape[1] === 1;

function convolve(
  tf: TensorFlow,
  x: Tensor4D,
  filter: Tensor,
  { strides, dilations, pads, groups }: ConvolutionAttributes,
): Tensor4D {
  const depthwise = isDepthwise(groups, filter);
  const weights = spread(tf, filterLast(tf, filter, depthwise, groups), dilations);
  const padding: [Pair, Pair, Pair, Pair] = [
    [0, 0],
    [pads[0], pads[2]],
    [pads[1], pads[3]],
    [0, 0],
  ];
  if (depthwise) return tf.depthwiseConv2d(x, weights, [...strides], padding);
  return byGroup(tf, x, weights, groups, (part, filters) => tf.conv2d(part, filters, [...strides], padding));
}

/** The gradient of {@link convolve} by its input, whose padding counts as part of it and is cut off at the end. */
function convolveTransposed(
  tf: TensorFlow,
  dy: Tensor4D,
  filter: Tensor,
  { strides, dilations, pads, groups }: ConvolutionAttributes,
  size: readonly [number, number],
): Tensor4D {
  const depthwise = isDepthwise(groups, filter);
  const weights = spread(tf, filterLast(tf, filter, depthwise, groups), dilations);
  const [batch, channels] = [dy.shape[0], filter.shape[1]! * groups];
  const [height, width] = [size[0] + pads[0] + pads[2], size[1] + pads[1] + pads[3]];
  const padded = depthwise
    ? tf.engine().runKernel<Tensor4D>(
        'DepthwiseConv2dNativeBackpropInput',
        { dy, filter: weights },
        {
          strides: [...strides],
          dilations: [1, 1],
          pad: 'valid',
          dimRoundingMode: 'floor',
          inputShape: [batch, height, width, channels],
        },
      )
    : byGroup(tf, dy, weights, groups, (part, filters) =>
        tf.conv2dTranspose(part, filters, [batch, height, width, channels / groups], [...strides], 'valid'),
      );
  return tf.slice(padded, [0, pads[0], pads[1], 0], [batch, ...size, channels]);
}

/** Kernels of convolutions. */
export const convolutions: Kernels<'convolution' | 'convolutionTranspose'> = {
  convolution: (tf, [x, filter, bias], { operation }) => {
    const y = convolve(tf, channelsLast(tf, x), filter, operation);
    return channelsFirst(tf, (bias as Tensor | undefined) ? tf.add<Tensor4D>(y, bias) : y);
  },
  convolutionTranspose: (tf, [dy, filter], { operation }) =>
    channelsFirst(tf, convolveTransposed(tf, channelsLast(tf, dy), filter, operation, operation.size)),
};
