import type { RegionMap } from '../../../mask/regions/regionMap';
import type { Point } from '../geometry/columns';
import type { Grouping } from './grouping';

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
