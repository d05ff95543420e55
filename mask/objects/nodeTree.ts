import type { Hierarchy } from '../regions/hierarchy';
import type { RegionMap } from '../regions/regionMap';
import { regionGraphOf, type RegionGraph } from './regionGraph';
import { groundOf } from './ground';

/** A rectangle of whole pixels; `right` and `bottom` are beyond its last pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * A hierarchy with what is asked of its nodes at each move of a pointer, computed once for a map: nodes below
 * `hierarchy.count` are base regions, the others merges, and the last one is the whole picture.
 */
export interface NodeTree {
  readonly hierarchy: Hierarchy;
  /** The map's width and height in pixels. */
  readonly width: number;
  readonly height: number;
  /** By node: its parent; -1 for the root. */
  readonly parents: Int32Array;
  /** By node: the number of its pixels. Where a user has painted over regions, it can be 0. */
  readonly areas: Uint32Array;
  /** By node: left, top, right and bottom of the box around its pixels; right and bottom are exclusive. */
  readonly boxes: Int32Array;
  /** The base regions, ordered so that those of each node are neighbours in this list. */
  readonly leaves: Uint32Array;
  /** By node: the place of its first base region in `leaves`. */
  readonly firstLeaf: Uint32Array;
  /** By node: the number of its base regions. */
  readonly leafCounts: Uint32Array;
  /** The borders of the base regions. */
  readonly graph: RegionGraph;
  /** By base region: the smallest node with it that is ground. */
  readonly ground: Uint32Array;
}

/**
 * Prepares a hierarchy for questions about places in a map. Takes one pass over the map's pixels.
 * @param regions a map whose first `hierarchy.count` regions are the hierarchy's; others, which were painted, count not
 */
export function nodeTreeOf(hierarchy: Hierarchy, regions: RegionMap): NodeTree {
  const { count, left, right } = hierarchy;
  const { width, height } = regions;
  const nodes = 2 * count - 1;
  const parents = new Int32Array(nodes).fill(-1);
  const leafCounts = new Uint32Array(nodes).fill(1, 0, count);
  const areas = new Uint32Array(nodes);
  const boxes = emptyBoxes(nodes);
  measureRegions(regions, count, areas, boxes);
  for (let k = 0; k < count - 1; k++) {
    const [a, b, node] = [left[k], right[k], count + k];
    parents[a] = parents[b] = node;
    leafCounts[node] = leafCounts[a] + leafCounts[b];
    areas[node] = areas[a] + areas[b];
    joinBoxes(boxes, a, b, node);
  }
  const graph = regionGraphOf(hierarchy, parents, regions);
  const firstLeaf = new Uint32Array(nodes);
  for (let k = count - 2; k >= 0; k--) {
    firstLeaf[left[k]] = firstLeaf[count + k];
    firstLeaf[right[k]] = firstLeaf[count + k] + leafCounts[left[k]];
  }
  const leaves = new Uint32Array(count);
  for (let region = 0; region < count; region++) leaves[firstLeaf[region]] = region;
  return {
    hierarchy,
    width,
    height,
    parents,
    areas,
    boxes,
    leaves,
    firstLeaf,
    leafCounts,
    graph,
    ground: groundOf(hierarchy, parents, graph.frame),
  };
}

/** Boxes that contain nothing and that any pixel enlarges. */
function emptyBoxes(nodes: number): Int32Array {
  const boxes = new Int32Array(4 * nodes);
  for (let i = 0; i < boxes.length; i += 4) boxes[i] = boxes[i + 1] = 0x7fffffff;
  return boxes;
}

function measureRegions({ width, height, ids }: RegionMap, count: number, areas: Uint32Array, boxes: Int32Array): void {
  for (let y = 0, p = 0; y < height; y++) {
    for (let x = 0; x < width;) {
      const id = ids[p];
      const start = x;
      for (; x < width && ids[p] === id; x++) p++;
      if (id >= count) continue;
      areas[id] += x - start;
      const at = 4 * id;
      if (start < boxes[at]) boxes[at] = start;
      if (y < boxes[at + 1]) boxes[at + 1] = y;
      if (x > boxes[at + 2]) boxes[at + 2] = x;
      boxes[at + 3] = y + 1;
    }
  }
}

function joinBoxes(boxes: Int32Array, a: number, b: number, node: number): void {
  for (let side = 0; side < 2; side++) boxes[4 * node + side] = Math.min(boxes[4 * a + side], boxes[4 * b + side]);
  for (let side = 2; side < 4; side++) boxes[4 * node + side] = Math.max(boxes[4 * a + side], boxes[4 * b + side]);
}

/** The base regions of a node, as a view of the tree's list. */
export function regionsOfNode({ leaves, firstLeaf, leafCounts }: NodeTree, node: number): Uint32Array {
  return leaves.subarray(firstLeaf[node], firstLeaf[node] + leafCounts[node]);
}

/** The box around a node's pixels; null where it has none. */
export function boxOfNode({ boxes, areas }: NodeTree, node: number): Box | null {
  if (areas[node] === 0) return null;
  const [left, top, right, bottom] = boxes.subarray(4 * node, 4 * node + 4);
  return { left, top, right, bottom };
}
