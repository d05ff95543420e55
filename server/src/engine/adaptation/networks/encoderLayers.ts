import {
  type Node,
  add,
  batchStatistics,
  convolve,
  depthwiseConvolution,
  divide,
  matmul,
  multiply,
  reshape,
  sqrt,
  subtract,
  transpose,
} from '../../graph';
import type { ConvolutionAttributes } from '../../graph/core/operation';
import type { Correction, ForwardPass, Statistics } from './forwardPass';
import { constantInitializer, heInitializer } from './networkWeights';

/**
 * Layers of a pretrained encoder: convolutions with a bias, into which the batch normalisations that they were trained
 * with are folded. Between the layers tensors are laid out [C,N,H,W].
 */

/** Keeps channels that never vary from being divided by 0. */
const epsilon = 1e-3;

/** Turns [N,C,H,W] into [C,N,H,W], or back. */
export function exchangeBatchAndChannels(x: Node): Node {
  return x.shape[0] === 1 || x.shape[1] === 1
    ? reshape(x, [x.shape[1]!, x.shape[0]!, ...x.shape.slice(2)])
    : transpose(x, [1, 0, 2, 3]);
}

/** Adds a convolution of pictures [N,C,H,W], padded as in TensorFlow ("SAME"). Returns [filters,N,h,w]. */
export function foldedConvolution(
  x: Node,
  { name, filters, size, stride }: { name: string; filters: number; size: number; stride: number },
  pass: ForwardPass,
): Node {
  const attributes = { ...samePadded(x, size, stride), groups: 1 };
  return folded(name, [filters, x.shape[1]!, size, size], pass, (filter, bias) =>
    exchangeBatchAndChannels(convolve(x, filter, bias, attributes)),
  );
}

/** Adds a 1×1 convolution of x [C,N,H,W]. */
export function foldedPointwise(
  x: Node,
  { name, filters }: { name: string; filters: number },
  pass: ForwardPass,
): Node {
  const [channels, ...rest] = x.shape as [number, number, number, number];
  return folded(name, [filters, channels, 1, 1], pass, (filter, bias) => {
    const pixels = rest.reduce((a, b) => a * b);
    const product = matmul(reshape(filter, [filters, channels]), reshape(x, [channels, pixels]));
    return reshape(add(product, reshape(bias, [filters, 1])), [filters, ...rest]);
  });
}

/** Adds a convolution of each channel of x [C,N,H,W] by itself, padded as in TensorFlow ("SAME"). */
export function foldedDepthwise(
  x: Node,
  { name, size, stride }: { name: string; size: number; stride: number },
  pass: ForwardPass,
): Node {
  const attributes = samePadded(x, size, stride);
  return folded(name, [x.shape[0]!, 1, size, size], pass, (filter, bias) =>
    depthwiseConvolution(x, filter, bias, attributes),
  );
}

/** @param convolved the convolution by a filter and a bias, [filters,N,h,w] */
function folded(
  name: string,
  shape: readonly number[],
  { weights, encoder }: ForwardPass,
  convolved: (filter: Node, bias: Node) => Node,
): Node {
  const filter = weights.weight(`${name}.weight`, shape, heInitializer);
  const bias = weights.weight(`${name}.bias`, [shape[0]!], constantInitializer(0));
  const y = convolved(filter, bias);
  if (!encoder) return y;
  const found = batchStatistics(exchangeBatchAndChannels(y));
  const correction = encoder.alignTo && correct(found, encoder.alignTo[encoder.layers.length]!.found, encoder.share);
  encoder.layers.push({ filter, bias, found, ...(correction && { correction }) });
  if (!correction) return y;
  const [gain, offset] = [correction.gain, correction.offset].map(each => reshape(each, [shape[0]!, 1, 1, 1]));
  return add(multiply(y, gain!), offset!);
}

/**
 * Computes what gives outputs the statistics that others have, to a share: 0 changes nothing, 1 makes mean and variance
 * equal.
 */
function correct(found: Statistics, wanted: Statistics, share: number): Correction {
  const mix = (a: Node, b: Node) => add(multiply(a, 1 - share), multiply(b, share));
  const [mean, variance] = [mix(wanted.mean, found.mean), mix(wanted.variance, found.variance)];
  const gain = sqrt(divide(add(wanted.variance, epsilon), add(variance, epsilon)));
  return { gain, offset: subtract(wanted.mean, multiply(mean, gain)) };
}

/**
 * TensorFlow's padding of x […,H,W]: ⌈side / stride⌉ outputs, and where the zeros of an axis are odd in number, one
 * more after it.
 */
function samePadded({ shape }: Node, size: number, stride: number): Omit<ConvolutionAttributes, 'groups'> {
  const [rows, columns] = shape
    .slice(2)
    .map(side => Math.max((Math.ceil(side / stride) - 1) * stride + size - side, 0)) as [number, number];
  const [top, left] = [Math.floor(rows / 2), Math.floor(columns / 2)];
  return { strides: [stride, stride], dilations: [1, 1], pads: [top, left, rows - top, columns - left] };
}
