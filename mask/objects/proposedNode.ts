import { chainAt } from './nodeChain';
import type { NodeTree } from './nodeTree';

/** How much a distinct border counts, and the share of the picture's edge that a node touches, beside its size. */
const contrastWeight = 3,
  frameWeight = 9;

/**
 * The node that is proposed at a place: a large one with a distinct border that hardly touches the picture's edge.
 * Objects that people photograph are like that; the weights are those that suited 25 photos of single objects.
 * @param region the base region at the place
 */
export function proposedNode(tree: NodeTree, region: number): number {
  const { contrast, frame } = tree.borders;
  const chain = chainAt(tree, region);
  let best = chain[0],
    bestScore = -Infinity;
  for (const node of chain.slice(0, -1)) {
    const score = Math.log(tree.areas[node]) + contrastWeight * contrast[node] - frameWeight * frame[node];
    if (score > bestScore) [best, bestScore] = [node, score];
  }
  return best;
}
