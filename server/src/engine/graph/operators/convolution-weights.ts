import type { Node } from '../graph';
import type { ConvolutionAttributes } from '../operation';
import { range } from '../shape';
import { matmul } from './matmul';
import { concat, pad, reshape, slice, transpose } from './shape';

/**
 * What each place of a filter sees: for every filter row and column, the padded x [N,C,H,W] at the positions that the
 * place passes over, [N,C,h,w], row by row.
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

/**
 * The gradient of a convolution of x [N,C,H,W] by its filter, from that by its output dy [N,O,h,w]: one product for
 * each tap.
 */
export function weightGradient(x: Node, dy: Node, shape: readonly number[], attributes: ConvolutionAttributes): Node {
  const [filters, perGroup, ...kernel] = shape;
  const rows = byChannel(dy, attributes.groups);
  const products = taps(x, kernel, dy.shape.slice(2), attributes).map(tap =>
    reshape(matmul(rows, byChannel(tap, attributes.groups), { transposeB: true }), [1, filters, perGroup]),
  );
  return reshape(transpose(concat(products, 0), [1, 2, 0]), shape);
}

/** [N,C,h,w] → [groups, C/groups, N·h·w], without the first axis where there is one group. */
function byChannel(x: Node, groups: number): Node {
  const [batch, channels, height, width] = x.shape;
  const channelFirst = batch === 1 ? x : transpose(x, [1, 0, 2, 3]);
  const shape = [channels / groups, batch * height * width];
  return reshape(channelFirst, groups === 1 ? shape : [groups, ...shape]);
}
