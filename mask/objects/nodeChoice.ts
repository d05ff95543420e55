import { chainAt, nodeFrom } from './nodeChain';
import { nodeTreeOf, type NodeTree } from './nodeTree';
import { proposedNode } from './proposedNode';
import type { Hierarchy } from '../regions/hierarchy';
import type { RegionMap } from '../regions/regionMap';

/**
 * The node of the hierarchy that is offered at a place. A place begins with the node that is proposed for it; the node
 * stays while the place moves within it, so that a level that was chosen is kept there.
 */
export class NodeChoice {
  private known: { readonly hierarchy: Hierarchy; readonly regions: RegionMap; readonly tree: NodeTree } | null = null;
  private region: number | null = null;
  private chosen: number | null = null;

  /** The offered node; null where no region of the hierarchy is at the place. */
  get node(): number | null {
    return this.chosen;
  }

  /** Which of the nodes at the place is offered, from 1 for the smallest, and how many there are. */
  get level(): { readonly number: number; readonly count: number } | null {
    const { chosen, region, known } = this;
    if (chosen === null || region === null || !known) return null;
    const chain = chainAt(known.tree, region);
    const { areas } = known.tree;
    return { number: chain.findLastIndex(node => areas[node] <= areas[chosen]) + 1, count: chain.length };
  }

  /** The hierarchy of a map prepared for questions about places, which takes a pass over the map when it is new. */
  treeOf(hierarchy: Hierarchy, regions: RegionMap): NodeTree {
    const { known } = this;
    if (known?.hierarchy === hierarchy && known.regions === regions) return known.tree;
    if (known?.hierarchy !== hierarchy) this.chosen = null;
    const tree = nodeTreeOf(hierarchy, regions);
    this.known = { hierarchy, regions, tree };
    return tree;
  }

  /** Moves to a place. @param region the region there; one that is not of the hierarchy has no node */
  moveTo(tree: NodeTree, region: number): void {
    if (region >= tree.hierarchy.count) {
      this.leave();
      return;
    }
    this.region = region;
    if (this.chosen === null || !isBelow(tree, region, this.chosen)) this.chosen = proposedNode(tree, region);
  }

  /** Moves to where there is no node. */
  leave(): void {
    this.region = this.chosen = null;
  }

  /** Offers a larger node at the place by steps above 0, a smaller one by steps below. */
  step(steps: number): void {
    const { known, region, chosen } = this;
    if (known && region !== null && chosen !== null) this.chosen = nodeFrom(known.tree, region, chosen, steps);
  }
}

function isBelow({ firstLeaf, leafCounts }: NodeTree, region: number, node: number): boolean {
  const place = firstLeaf[region] - firstLeaf[node];
  return place >= 0 && place < leafCounts[node];
}

/**
 * The nodes that a stroke takes which began at a node: the node itself, and of the other regions that the stroke
 * touches those of the finest division of the picture that has this node.
 * @param touched the regions under the stroke
 */
export function nodesOfStroke(tree: NodeTree, start: number, touched: Iterable<number>): number[] {
  const { hierarchy, parents } = tree;
  const { count, levels } = hierarchy;
  const levelOf = (node: number): number => (node < count ? 1 : levels[node - count]);
  const least = levelOf(start);
  const nodes = new Set([start]);
  for (const region of touched) {
    if (region >= count || isBelow(tree, region, start)) continue;
    let node = region;
    for (let next = parents[node]; next >= 0 && levelOf(next) > least; next = parents[node]) node = next;
    nodes.add(node);
  }
  return [...nodes];
}
