import type { NodeTree } from './nodeTree';
import { regionsOfNode } from './nodeTree';

/** A set of base regions that grows from the one at a place. */
export interface Growth {
  /** The regions in the order in which they join. */
  readonly order: Uint32Array;
  /** Where the set can be taken: the numbers of regions that have joined by then, ascending. */
  readonly stops: readonly number[];
  /** By stop: the level of the hierarchy at which the set is as large as that. */
  readonly levels: readonly number[];
}

/** Grows as the hierarchy merges: at each stop the set is a node with the region. */
export function growthOfNodes(tree: NodeTree, region: number): Growth {
  const { hierarchy, parents, leafCounts } = tree;
  const { count, left, right, levels } = hierarchy;
  const order = new Uint32Array(count);
  order[0] = region;
  const growth = { order, stops: [1], levels: [1] };
  for (let node = region, parent = parents[node]; parent >= 0; node = parent, parent = parents[node]) {
    const sibling = left[parent - count] === node ? right[parent - count] : left[parent - count];
    order.set(regionsOfNode(tree, sibling), leafCounts[node]);
    growth.stops.push(leafCounts[parent]);
    growth.levels.push(levels[parent - count]);
  }
  return growth;
}

/**
 * Grows over what is not ground: while the hierarchy is cut finer and finer, less and less of it merges with the ground
 * that comes from the picture's edge, and the set is what is left around the region without a gap.
 */
export function growthOfThing({ hierarchy: { count, levels }, graph, ground }: NodeTree, region: number): Growth {
  const order = new Uint32Array(count);
  const growth = { order, stops: [] as number[], levels: [] as number[] };
  const waiting = Array.from<number[] | undefined>({ length: 2 * count - 1 });
  const seen = new Uint8Array(count);
  let joined = 0;
  waiting[ground[region]] = [region];
  for (let level = ground[region]; level >= 0; level--) {
    const open = waiting[level];
    if (!open) continue;
    const before = joined;
    for (let one = open.pop(); one !== undefined; one = open.pop()) {
      if (seen[one]) continue;
      seen[one] = 1;
      order[joined++] = one;
      for (let i = graph.starts[one]; i < graph.starts[one + 1]; i++) {
        const other = graph.neighbours[i];
        if (seen[other] === 0) (waiting[Math.min(level, ground[other])] ??= []).push(other);
      }
    }
    if (joined === before) continue;
    growth.stops.push(joined);
    growth.levels.push(level < count ? 1 : levels[level - count]);
  }
  return growth;
}
