import type { NodeTree } from './nodeTree';

/**
 * The nodes that a person can choose at a place: those with a base region, from the smallest to the whole picture.
 * Nodes of as many pixels as the one below them are left out, since choosing them would change nothing to be seen.
 * @param region a base region of the hierarchy
 */
export function chainAt({ parents, areas }: NodeTree, region: number): number[] {
  const chain: number[] = [];
  let area = -1;
  for (let node = region; node >= 0; node = parents[node]) {
    if (areas[node] === area) continue;
    area = areas[node];
    chain.push(node);
  }
  return chain;
}

/** How much larger the pixels of a node are to be than those of the node that a step starts at. */
const visibleGrowth = 1.02;

/**
 * The node some steps above or below another one at a place. A step passes over merges that enlarge a node by less than
 * 2 %, which could hardly be seen.
 * @param region the base region at the place
 * @param node a node with this region
 * @param steps above 0 for larger nodes, below 0 for smaller ones
 * @returns the last node on the way where there are not so many
 */
export function nodeFrom(tree: NodeTree, region: number, node: number, steps: number): number {
  const chain = chainAt(tree, region);
  const { areas } = tree;
  let at = Math.max(
    0,
    chain.findLastIndex(one => areas[one] <= areas[node]),
  );
  for (; steps > 0 && at < chain.length - 1; steps--) {
    const least = visibleGrowth * areas[chain[at]];
    while (at < chain.length - 1 && areas[chain[++at]] < least);
  }
  for (; steps < 0 && at > 0; steps++) {
    const most = areas[chain[at]] / visibleGrowth;
    while (at > 0 && areas[chain[--at]] > most);
  }
  return chain[at];
}
