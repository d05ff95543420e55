import { leavesOf, type Hierarchy } from '../../../mask/regions/hierarchy';
import type { RegionMap } from '../../../mask/regions/regionMap';
import type { MaskView } from '../../../protocol/editorPage';
import type { Point } from '../geometry/columns';
import type { Grouping } from './grouping';

/** The parent of each node of a hierarchy, -1 for the root and for regions that merge with none. */
export function parentsOf({ count, left, right }: Hierarchy): Int32Array {
  const parents = new Int32Array(2 * count - 1).fill(-1);
  for (let merge = 0; merge < count - 1; merge++) parents[left[merge]] = parents[right[merge]] = count + merge;
  return parents;
}

/**
 * The largest node of a hierarchy that contains a region and that a granularity does not divide.
 * @param parents as `parentsOf` returns them
 * @param granularity 0 … 1
 */
export function nodeAt(hierarchy: Hierarchy, parents: Int32Array, region: number, granularity: number): number {
  const { count, levels } = hierarchy;
  let node = region;
  while (parents[node] >= 0 && levels[parents[node] - count] > granularity) node = parents[node];
  return node;
}

/** The base regions of a hierarchy's node that are not in a locked label. */
export function unlockedLeaves(hierarchy: Hierarchy, node: number, { labels, labelOf }: MaskView): number[] {
  const locked = new Set(labels.filter(label => label.locked).map(label => label.value));
  return leavesOf(hierarchy, node).filter(leaf => !locked.has(labelOf[leaf]));
}

/** The region of a map at a pixel inside it. */
export function regionAt({ width, ids }: RegionMap, { x, y }: Point): number {
  return ids[y * width + x];
}

/** The number of pixels that each group has in a rectangle between two corners, in pixels of the map. */
export function pixelsPerGroup(map: RegionMap, grouping: Grouping, from: Point, to: Point): Float64Array {
  const interval = (start: number, end: number, size: number): [number, number] => [
    Math.max(0, Math.round(Math.min(start, end))),
    Math.min(size, Math.round(Math.max(start, end))),
  ];
  const [left, right] = interval(from.x, to.x, map.width);
  const [top, bottom] = interval(from.y, to.y, map.height);
  const perRegion = new Float64Array(map.count);
  for (let y = top; y < bottom; y++) {
    for (let pixel = y * map.width + left; pixel < y * map.width + right; pixel++) perRegion[map.ids[pixel]]++;
  }
  const perGroup = new Float64Array(grouping.colours.length);
  perRegion.forEach((pixels, region) => {
    perGroup[grouping.groupOf[region]] += pixels;
  });
  return perGroup;
}

/** Whether a line through points (x, y, x, y …) passes within a distance of a point. */
export function passesNear(points: readonly number[], { x, y }: Point, distance: number): boolean {
  for (let i = 0; i === 0 || i + 3 < points.length; i += 2) {
    const j = Math.min(i + 2, points.length - 2);
    const [dx, dy] = [points[j] - points[i], points[j + 1] - points[i + 1]];
    const squared = dx * dx + dy * dy;
    const t = squared === 0 ? 0 : Math.min(1, Math.max(0, ((x - points[i]) * dx + (y - points[i + 1]) * dy) / squared));
    if (Math.hypot(x - points[i] - t * dx, y - points[i + 1] - t * dy) <= distance) return true;
  }
  return false;
}
