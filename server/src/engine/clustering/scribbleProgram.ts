import { add, crossEntropy, equal, input, multiply, subtract, toFloat, type Node, type Program } from '../graph';
import { continuityLoss } from './losses';
import { plan, type TrainingPlan } from './program';

export interface ScribbleWeights {
  readonly similarityWeight: number;
  readonly continuityWeight: number;
  readonly scribbleWeight: number;
}

/** The weight of the strokes in the authors' program. */
export const scribbleWeight = 0.5;

/** In the input `scribbles`: the pixel is of no stroke. */
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

/** A training step with scribbles; its inputs are `picture` and `scribbles`. */
export function scribbleProgram(options: TrainingPlan & ScribbleWeights): Program {
  const scribbles = input('scribbles', [1, 1, options.height, options.width], 'int32');
  return plan(options, (response, labels) => scribbleLoss(response, labels, scribbles, options));
}
