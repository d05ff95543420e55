import FlatQueue from 'flatqueue';
import type { Hierarchy } from '../../../../mask/regions/hierarchy';
import type { Adjacency } from '../pixels/adjacency';
import type { RegionSums } from '../superpixels/regionSums';
import { Forest, type MergeRule } from './forest';

/** Merges in order; merge `k` makes node `count + k`. Weights are those at the time of the merge, so not monotone. */
export interface Merges {
  readonly left: Uint32Array;
  readonly right: Uint32Array;
  readonly weights: Float64Array;
}

/**
 * Merges neighbouring regions, always the pair of least `mergeWeight`, until one is left. The picture is connected, so
 * there are `count - 1` merges. O(n log n) for arcs that each node has few of.
 */
export function mergeRegions(base: RegionSums, adjacency: Adjacency, rule: MergeRule): Merges {
  const count = base.areas.length;
  const forest = new Forest(base, adjacency, rule);
  const queue = new FlatQueue();
  const current = new Float64Array(adjacency.a.length);
  const gone = new Uint8Array(adjacency.a.length);
  const push = (arc: number) => {
    current[arc] = forest.weight(arc);
    queue.push(arc, current[arc]);
  };
  for (let arc = 0; arc < current.length; arc++) push(arc);
  const left = new Uint32Array(count - 1),
    right = new Uint32Array(count - 1),
    weights = new Float64Array(count - 1);
  for (let k = 0; k < count - 1;) {
    const weight = queue.peekValue()!;
    const arc = queue.pop()!;
    if (gone[arc] || weight !== current[arc]) continue; // outdated entry
    left[k] = forest.adjacency.a[arc];
    right[k] = forest.adjacency.b[arc];
    weights[k] = weight;
    gone[arc] = 1;
    for (const changed of forest.join(arc, count + k, gone)) push(changed);
    k++;
  }
  return { left, right, weights };
}

/**
 * How merge weights become levels of granularity, for all pictures alike: `middle` is the weight whose cut was best on
 * a set of training photos, and `slope` spreads the slider evenly over the logarithm of the number of regions.
 */
export interface LevelScale {
  readonly middle: number;
  readonly slope: number;
  /** Level of weight 0; default 1. */
  readonly most?: number;
}

/**
 * The level of a merge weight, a logistic curve of its logarithm: `most` at weight 0, half of it at `middle`, towards 0
 * for great weights.
 */
export function levelOf(weight: number, { middle, slope, most = 1 }: LevelScale): number {
  return most / (1 + (weight / middle) ** slope);
}

/**
 * The hierarchy of merges. Its levels follow the running maximum of the weights, so that cuts are nested, and stay
 * above 0, so that a granularity of 0 gives one region.
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
