import type * as tf from '@tensorflow/tfjs-core';
import type { Node } from '../graph';

/** A function to differentiate: how to build it here and, where tfjs has it with a gradient, there. */
export interface GradientCase {
  readonly name: string;
  /** Shapes of the inputs, all of them differentiated by. */
  readonly shapes: readonly (readonly number[])[];
  /** What to make of a number in (−1, 1), where the function is not smooth or not defined everywhere. */
  readonly values?: (value: number) => number;
  readonly build: (...inputs: Node[]) => Node;
  readonly tensorflow?: (...inputs: tf.Tensor[]) => tf.Tensor;
}

/**
 * Deterministic values in (−1, 1), at least 1/count apart from each other and from 0, so that no case sits on a kink.
 */
export function caseValues(count: number, salt: number): Float32Array {
  const order = Array.from({ length: count }, (_, index) => index);
  let seed = 97 + salt;
  for (let index = count - 1; index > 0; index--) {
    seed = (seed * 16807) % 2147483647;
    const other = seed % (index + 1);
    [order[index], order[other]] = [order[other], order[index]];
  }
  return Float32Array.from(order, rank => (2 * rank + 1.5 + 0.1 * salt) / count - 1);
}
