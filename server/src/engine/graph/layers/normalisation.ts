import { withGradient, type Node } from '../core/node';
import { add, divide, multiply, sqrt, square, subtract } from '../operators/elementwise';
import { mean, sum } from '../operators/reduction';
import { reshape } from '../operators/shaping';
import { sizeOf } from '../core/tensorShape';

/** Scale and shift of each channel: [channels] each. */
export interface Affine {
  readonly scale: Node;
  readonly shift: Node;
}

/** The result of batch normalisation and the batch's statistics: [channels] each, the variance biased. */
export interface Normalised {
  readonly output: Node;
  readonly mean: Node;
  readonly variance: Node;
}

const overPixels = [0, 2, 3];

/**
 * Batch normalisation in training (Ioffe & Szegedy, ICML 2015, algorithm 1) of x [N,C,H,W]. Its gradient is written
 * out: that of the composition reads every tensor twice as often.
 */
export function batchNormalisation(x: Node, { scale, shift }: Affine, epsilon = 1e-5): Normalised {
  const average = mean(x, overPixels);
  const centred = subtract(x, average);
  const variance = mean(square(centred), overPixels);
  const inverse = divide(1, sqrt(add(variance, epsilon)));
  const gain = multiply(inverse, byChannel(scale));
  const output = withGradient(add(multiply(centred, gain), byChannel(shift)), [x, scale, shift], (_, dy) => {
    const count = sizeOf(x.shape) / x.shape[1];
    const dShift = sum(dy, overPixels);
    const correlation = sum(multiply(dy, centred), overPixels);
    const slope = multiply(multiply(correlation, square(inverse)), 1 / count);
    const dx = multiply(subtract(subtract(dy, multiply(dShift, 1 / count)), multiply(centred, slope)), gain);
    return [dx, reshape(multiply(correlation, inverse), scale.shape), reshape(dShift, shift.shape)];
  });
  return { output, mean: reshape(average, scale.shape), variance: reshape(variance, scale.shape) };
}

/** Mean and biased variance of the channels of x [N,C,H,W]: [C] each. */
export function batchStatistics(x: Node): Pick<Normalised, 'mean' | 'variance'> {
  const average = mean(x, overPixels);
  const variance = mean(square(subtract(x, average)), overPixels);
  const channels = [x.shape[1]];
  return { mean: reshape(average, channels), variance: reshape(variance, channels) };
}

/** Batch normalisation by given statistics [channels], as in inference. */
export function normalise(
  x: Node,
  { scale, shift }: Affine,
  statistics: { mean: Node; variance: Node },
  epsilon = 1e-5,
): Node {
  const gain = divide(scale, sqrt(add(statistics.variance, epsilon)));
  return add(multiply(x, byChannel(gain)), byChannel(subtract(shift, multiply(statistics.mean, gain))));
}

function byChannel(vector: Node): Node {
  return reshape(vector, [1, vector.shape[0], 1, 1]);
}
