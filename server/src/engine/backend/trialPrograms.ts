import {
  adam,
  add,
  argMax,
  batchNormalisation,
  clip,
  continuity,
  convolution,
  createProgram,
  crossEntropy,
  depthwiseConvolution,
  input,
  maxPooling,
  relu,
  resize,
  sgd,
  transpose,
  transposedConvolution,
  variable,
  type Program,
} from '../graph';
import type { TensorValue } from '../graph/core/operation';

/** A training step that back ends are tried with, and what is right. */
export interface Trial {
  readonly program: Program;
  readonly feeds: Readonly<Record<string, TensorValue>>;
  /** Losses of the first steps, computed by PyTorch in float64: trialPrograms.reference.py. */
  readonly losses: readonly number[];
}

/** Numbers in [-½, ½) that look random and are the same on every machine. */
function numbers(shape: readonly number[], seed: number): TensorValue {
  return {
    shape,
    data: Float32Array.from({ length: sizeOf(shape) }, (_, i) => ((i * 7919 + seed * 104729) % 1009) / 1009 - 0.5),
  };
}

const sizeOf = (shape: readonly number[]) => shape.reduce((product, length) => product * length, 1);

/**
 * A step of Method 1's network, small enough to take milliseconds on a processor and large enough to tell back ends
 * apart.
 */
export function clusteringTrial(): Trial {
  const [channels, height, width] = [24, 64, 96];
  const constantTensor = (value: number): TensorValue => ({
    shape: [channels],
    data: new Float32Array(channels).fill(value),
  });
  const weights = [
    variable('filter1', numbers([channels, 3, 3, 3], 1)),
    variable('scale1', constantTensor(1)),
    variable('shift1', constantTensor(0)),
    variable('filter2', numbers([channels, channels, 1, 1], 2)),
    variable('scale2', constantTensor(1)),
    variable('shift2', constantTensor(0)),
  ];
  const [filter1, scale1, shift1, filter2, scale2, shift2] = weights;
  const x = input('x', [1, 3, height, width]);
  const hidden = batchNormalisation(relu(convolution(x, filter1, null)), { scale: scale1, shift: shift1 }).output;
  const response = batchNormalisation(convolution(hidden, filter2, null), { scale: scale2, shift: shift2 }).output;
  const loss = add(crossEntropy(response, argMax(response, 1)), add(continuity(response, 2), continuity(response, 3)));
  return {
    program: createProgram({ loss }, sgd(loss, weights, { learningRate: 0.1, momentum: 0.9 })),
    feeds: { x: numbers([1, 3, height, width], 3) },
    losses: [4.4148449, 4.2348741, 3.9835187],
  };
}

/**
 * A step of a tiny network of the operators that Method 2's networks have and Method 1's has not: strides, filters of
 * single channels, dilation, windows, two ways of enlarging, and an optimizer with moments.
 */
export function networkTrial(): Trial {
  const [batch, channels, classes, height, width] = [2, 16, 5, 32, 48];
  const weights = [
    variable('stem', numbers([channels, 3, 3, 3], 1)),
    variable('bias', numbers([channels], 2)),
    variable('single', numbers([channels, 1, 3, 3], 3)),
    variable('dilated', numbers([channels, channels, 3, 3], 4)),
    variable('enlarging', numbers([channels, classes, 2, 2], 5)),
  ];
  const [stem, bias, single, dilated, enlarging] = weights;
  const x = input('x', [batch, 3, height, width]);
  const labels = input('labels', [batch, 1, height, width], 'int32');
  const halved = relu(convolution(x, stem, bias, { stride: 2, padding: 1 }));
  const channelsFirst = (value: typeof x) => transpose(value, [1, 0, 2, 3]);
  const alone = depthwiseConvolution(channelsFirst(halved), single, null, {
    strides: [1, 1],
    dilations: [1, 1],
    pads: [1, 1, 1, 1],
  });
  const bounded = clip(channelsFirst(alone), 0, 6);
  const wide = convolution(maxPooling(bounded, { size: 2 }), dilated, null, { dilation: 2, padding: 2 });
  const joined = add(resize(wide, [height / 2, width / 2], { mode: 'bilinear' }), bounded);
  const logits = transposedConvolution(joined, enlarging, { stride: 2 });
  const loss = crossEntropy(logits, labels);
  const shape = [batch, 1, height, width];
  return {
    program: createProgram({ loss }, adam(loss, weights, { learningRate: 0.01, weightDecay: 0.01, decoupled: true })),
    feeds: {
      x: numbers([batch, 3, height, width], 6),
      labels: { shape, data: Int32Array.from({ length: sizeOf(shape) }, (_, i) => Math.floor(i / 7) % classes) },
    },
    losses: [1.6945988, 1.6849493, 1.6326543],
  };
}
