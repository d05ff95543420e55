import type { PixelRuns } from '../regions/pixelRuns';
import type { RegionMap } from '../regions/regionMap';
import { type Box, type NodeTree, regionsOfNode } from './nodeTree';

/** The regions that some pixels touch, ascending. */
export function regionsUnder({ ids, count }: RegionMap, runs: PixelRuns): number[] {
  const touched = new Uint8Array(count);
  for (let i = 0; i < runs.length; i += 2) for (let p = runs[i]; p < runs[i] + runs[i + 1]; p++) touched[ids[p]] = 1;
  return [...touched.keys()].filter(region => touched[region] === 1);
}

/** The least share of a node's pixels that lie in a box for which the node counts as inside. */
const leastInside = 0.9;

/**
 * The nodes that a box around an object takes: the largest ones of which nearly all pixels lie in the box. No two of
 * them share a region.
 * @param box in the map's pixels; parts beyond the map are left out
 */
export function nodesInBox(tree: NodeTree, regions: RegionMap, box: Box): number[] {
  const { hierarchy, areas } = tree;
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
