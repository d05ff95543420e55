import {
  abs,
  add,
  argMax,
  average,
  constant,
  countIndices,
  createProgram,
  crossEntropy,
  equal,
  gather,
  input,
  multiply,
  type Node,
  type Program,
  reshape,
  scalar,
  sgd,
  sliceAxis,
  subtract,
  toFloat,
} from '../graph';
import type { TensorValue } from '../graph/core/operation';
import type { Planes } from '../pixels/planes';
import { buildNetwork } from './labelNetwork';

/** The label of each pixel, int32 [1, 1, H, W]: the channel of the greatest response. */
export function ownLabels(response: Node): Node {
  return argMax(response, 1);
}

/**
 * Cross-entropy of the responses to given labels: pulls similar pixels to one label (Kim et al., TIP 2020, equation 2).
 */
export function similarityLoss(response: Node, labels: Node): Node {
  return crossEntropy(response, labels);
}

/** Mean absolute difference of responses between neighbours along one axis; 0 where the picture is one pixel wide. */
function variationAlong(response: Node, axis: number): Node {
  const size = response.shape[axis];
  if (size < 2) return scalar(0);
  return average(abs(subtract(sliceAxis(response, axis, 1), sliceAxis(response, axis, 0, size - 1))));
}

/** The L1 norm of the response's differences in both directions, each a mean (Kim et al., TIP 2020, equation 3). */
export function continuityLoss(response: Node): Node {
  return add(variationAlong(response, 2), variationAlong(response, 3));
}

/**
 * Labels [1, 1, H, W] with each superpixel's pixels set to the label that most of them have, the least of equally
 * frequent ones (Kanezaki, ICASSP 2018, section 3.2). `superpixels` is int32 [H · W], ids below `count`.
 */
export function majorityLabels(labels: Node, channels: number, superpixels: Node, count: number): Node {
  const pairs = add(
    multiply(superpixels, constant({ shape: [], data: Int32Array.of(channels) })),
    reshape(labels, superpixels.shape),
  );
  const votes = reshape(countIndices(pairs, count * channels), [count, channels]);
  return reshape(gather(argMax(votes, 1), superpixels), labels.shape);
}

/** The sizes, learning rate and initial weights of a training program. */
export interface TrainingPlan {
  /** Number of pictures, all of one size; default 1. */
  readonly pictures?: number;
  readonly inputs: number;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly blocks: number;
  readonly learningRate: number;
  readonly initial: Readonly<Record<string, TensorValue>>;
}

const momentum = 0.9; // both papers

/** A training step on the input `picture`, with outputs `loss`, `labels` and `response`; the loss is `lossOf` them. */
export function trainingProgram(options: TrainingPlan, lossOf: (response: Node, labels: Node) => Node): Program {
  const x = input('picture', [options.pictures ?? 1, options.inputs, options.height, options.width]);
  const { response, weights } = buildNetwork(x, options.blocks, options.initial);
  const labels = ownLabels(response);
  const loss = lossOf(response, labels);
  return createProgram(
    { loss, labels, response },
    sgd(loss, weights, { learningRate: options.learningRate, momentum }),
  );
}

/** The training step of Kim et al. (TIP 2020): similarity to the own labels, plus continuity, each with its weight. */
export function continuityProgram(
  options: TrainingPlan & { similarityWeight: number; continuityWeight: number },
): Program {
  return trainingProgram(options, (response, labels) =>
    add(
      multiply(similarityLoss(response, labels), options.similarityWeight),
      multiply(continuityLoss(response), options.continuityWeight),
    ),
  );
}

/**
 * The training step of Kanezaki (ICASSP 2018): similarity to the majority label of each superpixel. The input
 * `superpixels` has the superpixel of each pixel.
 */
export function superpixelProgram(options: TrainingPlan & { superpixels: number }): Program {
  const superpixels = input('superpixels', [options.width * options.height], 'int32');
  return trainingProgram(options, (response, labels) =>
    similarityLoss(response, majorityLabels(labels, options.channels, superpixels, options.superpixels)),
  );
}

/** The weights of the three terms of the scribble loss. */
export interface ScribbleWeights {
  readonly similarityWeight: number;
  readonly continuityWeight: number;
  readonly scribbleWeight: number;
}

/** The weight of the scribbles in the authors' program. */
export const scribbleWeight = 0.5;

/** The value of a pixel without a stroke in the input `scribbles`. */
export const unscribbled = -1;

/**
 * The loss of Kim et al. (TIP 2020, section III-D): cross-entropy to the strokes' classes on their pixels, similarity
 * to the own labels on all others, each a mean over its pixels, and continuity, weighted. A class's number is its
 * channel.
 * @param scribbles int32 [1, 1, H, W], a class or `unscribbled`
 */
export function scribbleLoss(response: Node, labels: Node, scribbles: Node, weights: ScribbleWeights): Node {
  const free = toFloat(equal(scribbles, unscribbled));
  const similarity = crossEntropy(response, labels, { pixelWeights: free });
  const scribble = crossEntropy(response, scribbles, { pixelWeights: subtract(1, free) });
  return add(
    add(multiply(similarity, weights.similarityWeight), multiply(continuityLoss(response), weights.continuityWeight)),
    multiply(scribble, weights.scribbleWeight),
  );
}

/** The training step with scribbles; its inputs are `picture` and `scribbles`. */
export function scribbleProgram(options: TrainingPlan & ScribbleWeights): Program {
  const scribbles = input('scribbles', [1, 1, options.height, options.width], 'int32');
  return trainingProgram(options, (response, labels) => scribbleLoss(response, labels, scribbles, options));
}

/** Converts planes to a batch of one: [1, channels, height, width]. */
export function toTensor({ width, height, channels, data }: Planes): TensorValue {
  return { shape: [1, channels, height, width], data };
}

/** Converts a batch of one, float32 [1, channels, height, width], to planes. */
export function toPlanes({ shape, data }: TensorValue): Planes {
  if (!(data instanceof Float32Array)) throw new TypeError('Responses are float32');
  const [, channels, height, width] = shape;
  return { width, height, channels, data };
}
