import type { Hierarchy } from '../regions/hierarchy';
import type { RegionMap } from '../regions/regionMap';

/** Which base regions of a hierarchy share a border, and what the borders are like. */
export interface RegionGraph {
  /** By base region: the place of its first neighbour in the lists below; one more at the end. */
  readonly starts: Uint32Array;
  readonly neighbours: Uint32Array;
  /** By place in the list: the length of the border with this neighbour, in sides of pixels. */
  readonly lengths: Float32Array;
  /** By place in the list: how distinct this border is, 0 … 1: the lower the level at which it vanishes, the more. */
  readonly contrasts: Float32Array;
  /** By base region: the share of the picture's own edge that it touches, 0 … 1. */
  readonly frame: Float32Array;
}

/**
 * Measures the borders of base regions in a pass over the map. In a large map it counts on some rows and columns alone.
 * @param parents by node: its parent, -1 for the root
 * @param regions a map whose first `count` regions are the hierarchy's; others, which were painted, count not
 */
export function regionGraphOf({ count, levels }: Hierarchy, parents: Int32Array, regions: RegionMap): RegionGraph {
  const pairs = [...sidesBetween(regions, count)];
  const starts = new Uint32Array(count + 1);
  const ends = ([pair]: readonly [number, number]): [number, number] => [Math.floor(pair / count), pair % count];
  for (const pair of pairs) for (const region of ends(pair)) starts[region + 1]++;
  for (let region = 0; region < count; region++) starts[region + 1] += starts[region];
  const next = starts.slice(0, count);
  const [neighbours, lengths, contrasts] = [
    new Uint32Array(starts[count]),
    new Float32Array(starts[count]),
    new Float32Array(starts[count]),
  ];
  for (const pair of pairs) {
    const [a, b] = ends(pair);
    const contrast = 1 - levels[joinOf(parents, a, b) - count];
    for (const [from, to] of [
      [a, b],
      [b, a],
    ]) {
      const at = next[from]++;
      neighbours[at] = to;
      lengths[at] = pair[1];
      contrasts[at] = contrast;
    }
  }
  return { starts, neighbours, lengths, contrasts, frame: frameOf(regions, count) };
}

/** The smallest node with two others. */
function joinOf(parents: Int32Array, a: number, b: number): number {
  // The parent of a node always has a greater number.
  while (a !== b)
    if (a < b) a = parents[a];
    else b = parents[b];
  return a;
}

/** The greatest number of rows and of columns of a map on which borders are counted. */
const mostLines = 1500;

/** The number of sides of pixels between each two regions of the hierarchy, by `a * count + b` with a < b. */
function sidesBetween({ width, height, ids }: RegionMap, count: number): Map<number, number> {
  const sides = new Map<number, number>();
  const step = Math.ceil(Math.max(width, height) / mostLines);
  const add = (a: number, b: number) => {
    if (a >= count || b >= count) return;
    const pair = a < b ? a * count + b : b * count + a;
    sides.set(pair, (sides.get(pair) ?? 0) + step);
  };
  for (let y = 0; y < height; y += step)
    for (let p = y * width, end = p + width - 1; p < end; p++) if (ids[p] !== ids[p + 1]) add(ids[p], ids[p + 1]);
  for (let y = 0; y < height - 1; y++)
    for (let p = y * width, end = p + width; p < end; p += step)
      if (ids[p] !== ids[p + width]) add(ids[p], ids[p + width]);
  return sides;
}

/** By base region: the share of the picture's edge that it touches. */
function frameOf({ width, height, ids }: RegionMap, count: number): Float32Array {
  const frame = new Float32Array(count);
  const share = 1 / (2 * (width + height));
  const add = (p: number) => {
    if (ids[p] < count) frame[ids[p]] += share;
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
