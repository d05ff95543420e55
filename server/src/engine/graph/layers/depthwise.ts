import { withGradient, type Node } from '../core/node';
import type { ConvolutionAttributes } from '../core/operation';
import { range } from '../core/tensorShape';
import { convolve } from '../operators/convolution';
import { constant } from '../operators/leaves';
import { matmul } from '../operators/products';
import { sum } from '../operators/reduction';
import { concat, expand, pad, reshape, slice } from '../operators/shaping';
import { inputGradient } from '../rules/convolutionRules';

/**
 * Filters each channel of x [C,N,H,W] by itself, with a filter [C,1,k,k] and a bias [C]. With the channels first, a
 * 1×1 convolution is one product of matrices and this one a convolution in C·N groups, and nothing is transposed
 * between them.
 */
export function depthwiseConvolution(
  x: Node,
  filter: Node,
  bias: Node | null,
  attributes: Omit<ConvolutionAttributes, 'groups'>,
): Node {
  const [channels, batch, height, width] = x.shape;
  const grouped: ConvolutionAttributes = { ...attributes, groups: channels * batch };
  const repeated = repeatedOverBatch(filter, batch);
  const y = convolve(
    reshape(x, [1, channels * batch, height, width]),
    repeated,
    bias && reshape(expand(reshape(bias, [channels, 1]), [channels, batch]), [channels * batch]),
    grouped,
  );
  const shape = [channels, batch, y.shape[2], y.shape[3]];
  return withGradient(reshape(y, shape), bias ? [x, filter, bias] : [x, filter], (_, dy) => [
    reshape(inputGradient(reshape(dy, y.shape), repeated, grouped, [height, width]), x.shape),
    filterGradient(x, dy, filter.shape, attributes),
    ...(bias ? [reshape(sum(dy, [1, 2, 3]), bias.shape)] : []),
  ]);
}

/** [C,1,k,k] → [C·N,1,k,k]. */
function repeatedOverBatch(filter: Node, batch: number): Node {
  const [channels, , rows, columns] = filter.shape;
  const repeated = expand(reshape(filter, [channels, 1, rows, columns]), [channels, batch, rows, columns]);
  return reshape(repeated, [channels * batch, 1, rows, columns]);
}

/**
 * Computes the gradient by the filter row by row. For each row of the filter one product has, for every channel, the
 * sums over all lines of each pixel of a line of x times each pixel of a line of dy; those that are as far apart as a
 * column of the filter are summed. That is more arithmetic than needed, but as products of matrices, which take less
 * time than as many passes over the tensors as the filter has values.
 */
function filterGradient(
  x: Node,
  dy: Node,
  shape: readonly number[],
  { strides, dilations, pads }: Omit<ConvolutionAttributes, 'groups'>,
): Node {
  const [channels, , rows, columns] = shape;
  const [, batch, height, width] = dy.shape;
  const padded = pad(x, [0, 0, pads[0], pads[1]], [0, 0, pads[2], pads[3]]);
  const across = padded.shape[3];
  const lines = reshape(dy, [channels, batch * height, width]);
  const diagonals = constant(diagonalSums(across, width, columns, strides[1], dilations[1]));
  const gradients = range(rows).map(row => {
    const start = row * dilations[0];
    const end = start + (height - 1) * strides[0] + 1;
    const seen = slice(padded, [0, 0, start, 0], [channels, batch, end, across], [1, 1, strides[0], 1]);
    const products = matmul(reshape(seen, [channels, batch * height, across]), lines, { transposeA: true });
    return matmul(reshape(products, [channels, across * width]), diagonals);
  });
  return reshape(concat(gradients, 1), shape);
}

/** The matrix [across · width, columns] that sums products of pixel x · stride + column · dilation with pixel x. */
function diagonalSums(across: number, width: number, columns: number, stride: number, dilation: number) {
  const data = new Float32Array(across * width * columns);
  for (let x = 0; x < width; x++) {
    for (let column = 0; column < columns; column++)
      data[((x * stride + column * dilation) * width + x) * columns + column] = 1;
  }
  return { shape: [across * width, columns], data };
}
