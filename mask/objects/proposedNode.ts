import { chainAt } from './nodeChain';
import type { NodeTree } from './nodeTree';

/**
 * The node that is proposed at a place: the one that stays longest while the granularity falls, weighed by its size.
 * @param region the base region at the place
 */
export function proposedNode(tree: NodeTree, region: number): number {
  const { hierarchy, areas, width, height } = tree;
  const { count, levels } = hierarchy;
  const levelOf = (node: number) => (node < count ? 1 : levels[node - count]);
  const chain = chainAt(tree, region);
  let best = chain[0],
    bestScore = -Infinity;
  for (let i = 0; i < chain.length - 1; i++) {
    const share = areas[chain[i]] / (width * height);
    const lifetime = Math.log((levelOf(chain[i]) + 0.01) / (levelOf(chain[i + 1]) + 0.01));
    const score = lifetime + 0.3 * Math.log(share) - (share > 0.6 ? 2 : 0);
    if (score > bestScore) [best, bestScore] = [chain[i], score];
  }
  return best;
}
