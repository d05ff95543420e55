import type { Definitions, OnnxAttribute } from '../definition';
import { makeNode, type Node } from '../graph';
import type { ConvolutionAttributes } from '../operation';
import { weightGradient } from './convolution-weights';
import { sum } from './reduce';
import { reshape, reverse, transpose } from './shape';

/** A number stands for both rows and columns. */
export interface ConvolutionOptions {
  readonly stride?: number;
  readonly dilation?: number;
  /** Zeros on every side, or `same`: as many as keep ⌈size / stride⌉ for an odd filter. Default `same`. */
  readonly padding?: number | 'same';
  /** Channels fall into so many groups that see only themselves; depthwise where it is the number of channels. */
  readonly groups?: number;
}

/**
 * Convolution (cross-correlation, as in every network library) of x [N,C,H,W] with a filter [O,C/groups,kh,kw], and a
 * bias [O] added. Throws where the shapes do not fit.
 */
export function convolution(x: Node, filter: Node, bias: Node | null, options: ConvolutionOptions = {}): Node {
  const { stride = 1, dilation = 1, groups = 1, padding = 'same' } = options;
  const [rows, columns] = filter.shape
    .slice(2)
    .map(size => (padding === 'same' ? (dilation * (size - 1)) / 2 : padding));
  if (!Number.isInteger(rows) || !Number.isInteger(columns))
    throw new Error('A filter of even size needs its padding in figures');
  return convolve(x, filter, bias, {
    strides: [stride, stride],
    dilations: [dilation, dilation],
    pads: [rows, columns, rows, columns],
    groups,
  });
}

function convolve(x: Node, filter: Node, bias: Node | null, attributes: ConvolutionAttributes): Node {
  const [batch, channels, height, width] = x.shape;
  const [filters, perGroup, kernelHeight, kernelWidth] = filter.shape;
  const { strides, dilations, pads, groups } = attributes;
  if (channels !== perGroup * groups || filters % groups !== 0) {
    throw new Error(`A filter [${filter.shape.join()}] in ${groups} groups does not fit ${channels} channels`);
  }
  const output = (size: number, kernel: number, axis: 0 | 1) =>
    Math.floor((size + pads[axis] + pads[axis + 2] - dilations[axis] * (kernel - 1) - 1) / strides[axis]) + 1;
  const shape = [batch, filters, output(height, kernelHeight, 0), output(width, kernelWidth, 1)];
  if (shape[2] < 1 || shape[3] < 1)
    throw new Error(`A filter [${filter.shape.join()}] is larger than its padded input [${x.shape.join()}]`);
  return makeNode({ ...attributes, kind: 'convolution' }, bias ? [x, filter, bias] : [x, filter], shape);
}

/** What {@link convolve}'s gradient by its input is, as a layer of its own: it enlarges dy [N,O,h,w] to [N,C,H,W]. */
function convolveTransposed(
  dy: Node,
  filter: Node,
  attributes: ConvolutionAttributes,
  size: readonly [number, number],
): Node {
  return makeNode(
    { ...attributes, size, kind: 'convolutionTranspose' },
    [dy, filter],
    [dy.shape[0], filter.shape[1] * attributes.groups, ...size],
  );
}

/** Transposed convolution of x [N,O,h,w] with a filter [O,C,kh,kw] to [N,C,(h−1)·stride + kh − 2·padding, …]. */
export function transposedConvolution(
  x: Node,
  filter: Node,
  { stride = 1, padding = 0 }: { stride?: number; padding?: number } = {},
): Node {
  const [height, width] = [2, 3].map(axis => (x.shape[axis] - 1) * stride + filter.shape[axis] - 2 * padding);
  return convolveTransposed(
    x,
    filter,
    {
      strides: [stride, stride],
      dilations: [1, 1],
      pads: [padding, padding, padding, padding],
      groups: 1,
    },
    [height, width],
  );
}

/**
 * Without strides it is a convolution with the flipped filter, inputs and outputs exchanged, which back ends run
 * faster.
 */
function inputGradient(
  dy: Node,
  filter: Node,
  attributes: ConvolutionAttributes,
  size: readonly [number, number],
): Node {
  const { strides, dilations, groups } = attributes;
  const [filters, perGroup, ...kernel] = filter.shape;
  const pads = attributes.pads.map((count, side) => dilations[side % 2] * (kernel[side % 2] - 1) - count) as [
    number,
    number,
    number,
    number,
  ];
  if (strides.some(stride => stride > 1) || pads.some(count => count < 0))
    return convolveTransposed(dy, filter, attributes, size);
  const grouped = reshape(filter, [groups, filters / groups, perGroup, ...kernel]);
  const exchanged = reshape(transpose(grouped, [0, 2, 1, 3, 4]), [groups * perGroup, filters / groups, ...kernel]);
  const flipped = kernel.every(length => length === 1) ? exchanged : reverse(exchanged, [2, 3]);
  return convolve(dy, flipped, null, { strides, dilations, pads, groups });
}

function onnxAttributes({ strides, dilations, pads, groups }: ConvolutionAttributes): Record<string, OnnxAttribute> {
  return { strides, dilations, pads, group: groups };
}

export const convolutions: Definitions<'convolution' | 'convolutionTranspose'> = {
  convolution: {
    gradient: ({ inputs: [x, filter, bias], operation }, dy) => [
      inputGradient(dy, filter, operation, [x.shape[2], x.shape[3]]),
      weightGradient(x, dy, filter.shape, operation),
      ...((bias as Node | undefined) ? [reshape(sum(dy, [0, 2, 3]), bias.shape)] : []),
    ],
    onnx: ({ operation }, inputs, emitter) => emitter.emit('Conv', inputs, onnxAttributes(operation)),
  },
  convolutionTranspose: {
    gradient: ({ inputs: [dy, filter], operation }, ddx) => [
      convolve(ddx, filter, null, operation),
      weightGradient(ddx, dy, filter.shape, operation),
    ],
    onnx: ({ inputs: [dy, filter], operation }, inputs, emitter) => {
      const { strides, dilations, pads, size } = operation;
      const rest = [0, 1].map(
        axis =>
          size[axis] +
          pads[axis] +
          pads[axis + 2] -
          (dy.shape[axis + 2] - 1) * strides[axis] -
          dilations[axis] * (filter.shape[axis + 2] - 1) -
          1,
      );
      return emitter.emit('ConvTranspose', inputs, { ...onnxAttributes(operation), output_padding: rest });
    },
  },
};
