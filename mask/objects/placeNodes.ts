import type { PixelRuns } from '../regions/pixelRuns';
import type { RegionMap } from '../regions/regionMap';
import { type Box, boxOfNode, type NodeTree, regionsOfNode } from './nodeTree';

/** The regions that some pixels touch, ascending. */
export function regionsUnder({ ids, count }: RegionMap, runs: PixelRuns): number[] {
  const touched = new Uint8Array(count);
  for (let i = 0; i < runs.length; i += 2) for (let p = runs[i]; p < runs[i] + runs[i + 1]; p++) touched[ids[p]] = 1;
  return [...touched.keys()].filter(region => touched[region] === 1);
}

/** The least share of a node's pixels that lie in a box for which the node counts as inside. */
const leastInside = 0.9;

/** How far from a side of the box an object may end that touches it, as a share of the box's width or height. */
const slack = 0.05;

/**
 * The nodes that a box around an object takes. Of the largest nodes of which nearly all pixels lie in the box, those
 * come first that merge last with what lies around it, and as many as it needs for them to touch all four sides of the
 * box: a person draws it around an object (Lempitsky et al., ICCV 2009), and what merges sooner is ground. No two of
 * them share a region.
 * @param box in the map's pixels; parts beyond the map are left out
 */
export function nodesInBox(tree: NodeTree, regions: RegionMap, box: Box): number[] {
  const lastToMerge = insideNodes(tree, regions, box).sort((a, b) => tree.parents[b] - tree.parents[a]);
  const within = {
    left: Math.max(0, box.left),
    top: Math.max(0, box.top),
    right: Math.min(regions.width, box.right),
    bottom: Math.min(regions.height, box.bottom),
  };
  const [across, down] = [slack * (within.right - within.left), slack * (within.bottom - within.top)];
  const taken: number[] = [];
  const reached = { left: false, top: false, right: false, bottom: false };
  for (const node of lastToMerge) {
    taken.push(node);
    const own = boxOfNode(tree, node)!;
    reached.left ||= own.left <= within.left + across;
    reached.top ||= own.top <= within.top + down;
    reached.right ||= own.right >= within.right - across;
    reached.bottom ||= own.bottom >= within.bottom - down;
    if (reached.left && reached.top && reached.right && reached.bottom) break;
  }
  return taken;
}

/** The largest nodes of which nearly all pixels lie in a box. */
function insideNodes({ hierarchy, areas }: NodeTree, regions: RegionMap, box: Box): number[] {
  const { count, left, right } = hierarchy;
  const inside = new Uint32Array(2 * count - 1);
  countInside(regions, box, inside.subarray(0, count));
  for (let k = 0; k < count - 1; k++) inside[count + k] = inside[left[k]] + inside[right[k]];
  const found: number[] = [];
  for (const open = [2 * count - 2]; open.length > 0;) {
    const node = open.pop()!;
    if (inside[node] === 0) continue;
    if (inside[node] >= leastInside * areas[node]) found.push(node);
    else if (node >= count) open.push(right[node - count], left[node - count]);
  }
  return found;
}

/** Adds up the pixels of each region in a box; regions beyond the list are left out. */
function countInside({ width, height, ids }: RegionMap, box: Box, counts: Uint32Array): void {
  const [left, right] = [Math.max(0, box.left), Math.min(width, box.right)];
  for (let y = Math.max(0, box.top); y < Math.min(height, box.bottom); y++) {
    const row = y * width;
    for (let p = row + left; p < row + right; p++) if (ids[p] < counts.length) counts[ids[p]]++;
  }
}

/** What a stroke begins with: nodes of the hierarchy, and the level that they belong to. */
interface StrokeStart {
  readonly nodes: readonly number[];
  readonly level: number;
}

/**
 * The nodes that a stroke takes: those that it began with, and of the other regions that it touches those of the finest
 * division of the picture in which what it began with is whole.
 * @param touched the regions under the stroke
 */
export function nodesOfStroke(tree: NodeTree, start: StrokeStart, touched: Iterable<number>): number[] {
  const { hierarchy, parents } = tree;
  const { count, levels } = hierarchy;
  const begun = new Set(start.nodes.flatMap(node => [...regionsOfNode(tree, node)]));
  const nodes = new Set(start.nodes);
  for (const region of touched) {
    if (region >= count || begun.has(region)) continue;
    let node = region;
    for (let next = parents[node]; next >= 0 && levels[next - count] > start.level; next = parents[node]) node = next;
    nodes.add(node);
  }
  return [...nodes];
}
