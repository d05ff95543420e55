import FlatQueue from 'flatqueue';
import type { Adjacency } from './adjacency';
import { Forest, type MergeRule } from './forest';
import type { RegionSums } from './regionSums';

/** Merges in order; merge `k` makes node `count + k`. Weights are as they were computed, so not monotone. */
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
