import { type Node, withGradient } from '../core/node';
import {
  abs,
  add,
  divide,
  equal,
  exp,
  log,
  multiply,
  negate,
  oneHot,
  relu,
  sigmoid,
  square,
  subtract,
  toFloat,
} from '../operators/elementwise';
import { average, max, sum, total } from '../operators/reduction';
import type { Operand } from '../operators/leaves';
import { difference, expand, reshape } from '../operators/shaping';

/** The common parts of softmax and its logarithm along one axis: exp(x − greatest), its sum, and log Σ exp x. */
export function exponentials(x: Node, axis: number): { powers: Node; total: Node; logTotal: Node } {
  const greatest = max(x, [axis]);
  const powers = exp(subtract(x, greatest));
  const total = sum(powers, [axis]);
  return { powers, total, logTotal: add(log(total), greatest) };
}

/** Softmax along an axis (default: channels). */
export function softmax(x: Node, axis = 1): Node {
  const { powers, total } = exponentials(x, axis);
  return withGradient(divide(powers, total), [x], (y, dy) => [multiply(y, subtract(dy, sum(multiply(dy, y), [axis])))]);
}

/** Logarithm of the softmax along an axis (default: channels). */
export function logSoftmax(x: Node, axis = 1): Node {
  const { powers, total, logTotal } = exponentials(x, axis);
  return withGradient(subtract(x, logTotal), [x], (_, dy) => [
    subtract(dy, multiply(divide(powers, total), sum(dy, [axis]))),
  ]);
}

/** Weights of pixels in a cross-entropy. */
export interface CrossEntropyOptions {
  /** Pixels of this label do not count; it may lie outside the classes. */
  readonly ignoreLabel?: number;
  /** float32, broadcasting to [N,1,H,W]. The loss is divided by their sum. */
  readonly pixelWeights?: Node;
  /** float32 [classes]: a pixel weighs as its label's class. */
  readonly classWeights?: Node;
}

/** Cross-entropy of the softmax of logits [N,C,H,W] to int32 labels [N,1,H,W], per pixel: [N,1,H,W]. */
export function crossEntropyMap(logits: Node, labels: Node): Node {
  const { powers, total, logTotal } = exponentials(logits, 1);
  const target = oneHot(labels, logits.shape[1]);
  return withGradient(subtract(logTotal, sum(multiply(target, logits), [1])), [logits], (_, dy) => [
    multiply(subtract(divide(powers, total), target), dy),
  ]);
}

/** The (weighted) mean of {@link crossEntropyMap} as a scalar; 0 where no pixel counts. */
export function crossEntropy(logits: Node, labels: Node, options: CrossEntropyOptions = {}): Node {
  const losses = crossEntropyMap(logits, labels);
  const weights = lossWeights(labels, options);
  return weights ? divide(total(multiply(losses, weights)), add(total(weights), 1e-12)) : average(losses);
}

/** The weight of each pixel by all that `crossEntropy` weighs by, [N,1,H,W]; undefined where all weigh 1. */
export function lossWeights(
  labels: Node,
  { ignoreLabel, pixelWeights, classWeights }: CrossEntropyOptions,
): Node | undefined {
  const factors = [
    ignoreLabel === undefined ? undefined : subtract(1, toFloat(equal(labels, ignoreLabel))),
    pixelWeights,
    classWeights &&
      sum(
        multiply(oneHot(labels, classWeights.shape[0]), reshape(classWeights, [1, classWeights.shape[0], 1, 1])),
        [1],
      ),
  ].filter(factor => factor !== undefined);
  return factors.length === 0
    ? undefined
    : expand(
        factors.reduce((product, factor) => multiply(product, factor)),
        labels.shape,
      );
}

/**
 * Binary cross-entropy of logits to targets in 0 … 1 (a tensor or a number), a mean as a scalar; safe at any magnitude.
 * The gradient is by the logits alone.
 */
export function binaryCrossEntropy(logits: Node, targets: Operand): Node {
  const softplus = add(relu(logits), log(add(exp(negate(abs(logits))), 1)));
  const losses = withGradient(subtract(softplus, multiply(logits, targets)), [logits], (_, dy) => [
    multiply(subtract(sigmoid(logits), targets), dy),
  ]);
  return average(losses);
}

/** Mean squared difference as a scalar. */
export const squaredError = (a: Node, b: Operand): Node => average(square(subtract(a, b)));
/** Mean absolute difference as a scalar. */
export const absoluteError = (a: Node, b: Operand): Node => average(abs(subtract(a, b)));

/**
 * Mean absolute difference of neighbours along an axis as a scalar: the continuity loss in one direction (Kim et al.,
 * IEEE TIP 2020, section III-B).
 */
export const continuity = (x: Node, axis: number): Node => average(abs(difference(x, axis)));

/**
 * Weighted self-information −p · log p / log C of probabilities [N,C,H,W] (Vu et al., ADVENT, CVPR 2019, section 3.2):
 * 0 … 1 in sum.
 */
export function entropyMap(probabilities: Node): Node {
  const scale = -1 / Math.log(probabilities.shape[1]);
  return multiply(multiply(probabilities, log(add(probabilities, 1e-30))), scale);
}
