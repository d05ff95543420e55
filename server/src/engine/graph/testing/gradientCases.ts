import * as g from '..';
import { tf } from './plainTensorflow';
import type { GradientCase } from './gradientCase';
import { elementwiseCases, shapingCases } from './operatorCases';
import { networkCases } from './networkCases';

const logits = [2, 4, 3, 2];
const data = Int32Array.of(0, 3, 1, 9, 2, 2, 1, 0, 9, 3, 3, 1);
const labels = g.constant({ shape: [2, 1, 3, 2], data });
const known = g.constant({ shape: [2, 1, 3, 2], data: data.map(label => label % 4) });
const classWeights = [0.5, 2, 1, 3];
const pixelWeights = Float32Array.from(data, (_, index) => 0.3 + index / 8);
const weights = g.constant({ shape: [2, 1, 3, 2], data: pixelWeights });

/** −log p of each pixel's label, in the order of `data`, by tfjs. */
function surprise(x: tf.Tensor): tf.Tensor1D {
  const rows = tf.reshape(tf.transpose(x, [0, 2, 3, 1]), [12, 4]);
  return tf.neg(
    tf.sum(
      tf.mul(
        tf.logSoftmax(rows),
        tf.oneHot(
          tf.tensor1d(
            data.map(label => label % 4),
            'int32',
          ),
          4,
        ),
      ),
      1,
    ),
  );
}

function weighted(x: tf.Tensor, weight: (label: number, index: number) => number): tf.Tensor {
  const w = tf.tensor1d(Array.from(data, weight));
  return tf.div(tf.sum(tf.mul(surprise(x), w)), tf.sum(w));
}

/** Losses. */
export const lossCases: readonly GradientCase[] = [
  {
    name: 'cross-entropy',
    shapes: [logits],
    build: x => g.crossEntropy(x, known),
    tensorflow: x => tf.mean(surprise(x)),
  },
  {
    name: 'cross-entropy with an ignored label',
    shapes: [logits],
    build: x => g.crossEntropy(x, labels, { ignoreLabel: 9 }),
    tensorflow: x => weighted(x, label => (label === 9 ? 0 : 1)),
  },
  {
    name: 'cross-entropy with pixel weights',
    shapes: [logits],
    build: x => g.crossEntropy(x, known, { pixelWeights: weights }),
    tensorflow: x => weighted(x, (_, index) => pixelWeights[index]),
  },
  {
    name: 'cross-entropy with class weights',
    shapes: [logits],
    build: x =>
      g.crossEntropy(x, labels, {
        classWeights: g.constant({ shape: [4], data: Float32Array.from(classWeights) }),
        ignoreLabel: 9,
      }),
    tensorflow: x => weighted(x, label => classWeights[label] ?? 0),
  },
  {
    name: 'binary cross-entropy to a number',
    shapes: [[2, 1, 3, 4]],
    build: x => g.binaryCrossEntropy(x, 1),
    tensorflow: x => tf.losses.sigmoidCrossEntropy(tf.onesLike(x), x),
  },
  {
    name: 'binary cross-entropy to a map',
    shapes: [[2, 1, 3, 4]],
    values: value => 3 * value,
    build: x => g.binaryCrossEntropy(x, g.expand(g.scalar(0.3), x.shape)),
    tensorflow: x => tf.losses.sigmoidCrossEntropy(tf.fill([2, 1, 3, 4], 0.3), x),
  },
  {
    name: 'squared error',
    shapes: [
      [3, 4],
      [3, 4],
    ],
    build: g.squaredError,
    tensorflow: (a, b) => tf.losses.meanSquaredError(a, b),
  },
  {
    name: 'absolute error',
    shapes: [
      [3, 4],
      [3, 4],
    ],
    build: g.absoluteError,
    tensorflow: (a, b) => tf.losses.absoluteDifference(a, b),
  },
  {
    name: 'continuity',
    shapes: [[3, 4]],
    build: x => g.continuity(x, 1),
    tensorflow: x => tf.losses.absoluteDifference(tf.slice(x, [0, 1]), tf.slice(x, [0, 0], [3, 3])),
  },
  {
    name: 'entropy map',
    shapes: [[2, 4, 3]],
    values: value => 1.1 + value,
    build: g.entropyMap,
    tensorflow: x => tf.div(tf.mul(x, tf.log(x)), -Math.log(4)),
  },
];

export const allCases: readonly GradientCase[] = [...elementwiseCases, ...shapingCases, ...networkCases, ...lossCases];
