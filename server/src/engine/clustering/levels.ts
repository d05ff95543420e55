import type { Hierarchy } from '../../../../mask/hierarchy';
import type { Merges } from './merge';

/**
 * Merge weights on the scale of granularity. The same for all pictures: `middle` is the weight whose cut was best on a
 * set of training photos, and `slope` spreads the slider evenly over the logarithm of the number of regions.
 */
export interface LevelScale {
  readonly middle: number;
  readonly slope: number;
  /** Level of weight 0; default 1. */
  readonly most?: number;
}

/**
 * A logistic curve of the weight's logarithm: `most` at weight 0, half of it at `middle`, towards 0 for great weights.
 */
export function levelOf(weight: number, { middle, slope, most = 1 }: LevelScale): number {
  return most / (1 + (weight / middle) ** slope);
}

/**
 * Levels follow the running maximum of the weights, so that cuts are nested. They stay above 0, so that 0 gives one
 * region.
 */
export function toHierarchy(merges: Merges, scale: LevelScale): Hierarchy {
  const levels = new Float32Array(merges.weights.length);
  let most = 0;
  for (let k = 0; k < levels.length; k++) {
    most = Math.max(most, merges.weights[k]);
    levels[k] = Math.max(levelOf(most, scale), 1e-6);
  }
  return { count: levels.length + 1, left: merges.left, right: merges.right, levels };
}
