import { makeNode, type Node } from '../core/node';
import type { ConvolutionAttributes } from '../core/operation';
import { range } from '../core/tensorShape';
import { pad, slice } from './shaping';

/** Options of a convolution; each number holds for rows and columns. */
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

/** Builds a convolution from its attributes. @throws Error where the shapes do not fit */
export function convolve(x: Node, filter: Node, bias: Node | null, attributes: ConvolutionAttributes): Node {
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

/** Builds the gradient of a convolution by its input, which enlarges dy [N,O,h,w] to [N,C,H,W]. */
export function convolveTransposed(
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
 * The input of each tap of a filter: for every filter row and column, the padded x [N,C,H,W] at the positions that the
 * tap passes over, [N,C,h,w], row by row.
 */
export function taps(
  x: Node,
  kernel: readonly number[],
  output: readonly number[],
  attributes: Omit<ConvolutionAttributes, 'groups'>,
): Node[] {
  const { strides, dilations, pads } = attributes;
  const padded = pad(x, [0, 0, pads[0], pads[1]], [0, 0, pads[2], pads[3]]);
  return range(kernel[0]).flatMap(row =>
    range(kernel[1]).map(column => {
      const starts = [0, 0, row * dilations[0], column * dilations[1]];
      const ends = [
        x.shape[0],
        x.shape[1],
        starts[2] + (output[0] - 1) * strides[0] + 1,
        starts[3] + (output[1] - 1) * strides[1] + 1,
      ];
      return slice(padded, starts, ends, [1, 1, ...strides]);
    }),
  );
}
