import type { Node } from '../core/node';
import type { ConvolutionAttributes } from '../core/operation';
import type { OnnxAttribute, OperatorRules } from '../core/operatorRule';
import { convolve, convolveTransposed, taps } from '../operators/convolution';
import { matmul } from '../operators/products';
import { sum } from '../operators/reduction';
import { concat, reshape, reverse, transpose } from '../operators/shaping';

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

/**
 * The gradient of a convolution by its input. Without strides it is a convolution with the flipped filter, inputs and
 * outputs exchanged, which back ends run faster.
 */
export function inputGradient(
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

/** Rules of convolutions. */
export const convolutions: OperatorRules<'convolution' | 'convolutionTranspose'> = {
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
