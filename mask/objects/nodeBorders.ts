import type { Hierarchy } from '../regions/hierarchy';
import type { RegionMap } from '../regions/regionMap';

/** What the borders of a hierarchy's nodes are like. */
export interface NodeBorders {
  /**
   * By node: how distinct its border with other nodes is on average, 0 … 1. A piece of it is the more distinct, the
   * lower the level at which the regions on both sides merge. 0 where there is no such border.
   */
  readonly contrast: Float32Array;
  /** By node: the share of the picture's own edge that it touches, 0 … 1. */
  readonly frame: Float32Array;
}

/**
 * Measures the borders of all nodes in one pass over the map.
 * @param parents by node: its parent, -1 for the root
 */
export function nodeBordersOf(
  { count, left, right, levels }: Hierarchy,
  parents: Int32Array,
  regions: RegionMap,
): NodeBorders {
  const nodes = 2 * count - 1;
  const lengths = new Float64Array(nodes),
    sums = new Float64Array(nodes);
  for (const [pair, length] of sidesBetween(regions, count)) {
    const [a, b] = [Math.floor(pair / count), pair % count];
    // The parent of a node always has a greater number.
    let [x, y] = [a, b];
    while (x !== y)
      if (x < y) x = parents[x];
      else y = parents[y];
    const distinct = length * (1 - levels[x - count]);
    for (const region of [a, b])
      for (let node = region; node !== x; node = parents[node]) {
        lengths[node] += length;
        sums[node] += distinct;
      }
  }
  const frame = frameOf(regions, nodes);
  for (let k = 0; k < count - 1; k++) frame[count + k] = frame[left[k]] + frame[right[k]];
  return { contrast: Float32Array.from(sums, (sum, node) => (sum === 0 ? 0 : sum / lengths[node])), frame };
}

/** The number of sides of pixels between each two regions of the hierarchy, by `a * count + b` with a < b. */
function sidesBetween({ width, height, ids }: RegionMap, count: number): Map<number, number> {
  const sides = new Map<number, number>();
  const add = (a: number, b: number) => {
    if (a === b || a >= count || b >= count) return;
    const pair = a < b ? a * count + b : b * count + a;
    sides.set(pair, (sides.get(pair) ?? 0) + 1);
  };
  for (let y = 0, p = 0; y < height; y++) {
    for (let x = 0; x < width; x++, p++) {
      if (x + 1 < width && ids[p] !== ids[p + 1]) add(ids[p], ids[p + 1]);
      if (y + 1 < height && ids[p] !== ids[p + width]) add(ids[p], ids[p + width]);
    }
  }
  return sides;
}

/** By node: the share of the picture's edge that a base region touches. */
function frameOf({ width, height, ids, count }: RegionMap, nodes: number): Float32Array {
  const frame = new Float32Array(nodes);
  const regions = Math.min(count, (nodes + 1) / 2);
  const share = 1 / (2 * (width + height));
  const add = (p: number) => {
    if (ids[p] < regions) frame[ids[p]] += share;
  };
  for (let x = 0; x < width; x++) {
    add(x);
    add((height - 1) * width + x);
  }
  for (let y = 0; y < height; y++) {
    add(y * width);
    add(y * width + width - 1);
  }
  return frame;
}
