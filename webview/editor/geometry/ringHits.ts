import type { Point } from './columns';

/** A corner of an outline: the ring that it is in, and its place in the ring. */
export interface CornerPlace {
  readonly ring: number;
  readonly corner: number;
}

type Rings = readonly (readonly number[])[];

/** The corner nearest to a point, at most `reach` away; null for none. All lengths are pixels of the map. */
export function nearestCorner(rings: Rings, { x, y }: Point, reach: number): CornerPlace | null {
  let [best, least]: [CornerPlace | null, number] = [null, reach * reach];
  rings.forEach((ring, index) => {
    for (let i = 0; i < ring.length; i += 2) {
      const square = (ring[i] - x) ** 2 + (ring[i + 1] - y) ** 2;
      if (square <= least) [best, least] = [{ ring: index, corner: i / 2 }, square];
    }
  });
  return best;
}

/** The edge nearest to a point, at most `reach` away, by the corner that it begins at; null for none. */
export function nearestEdge(rings: Rings, { x, y }: Point, reach: number): CornerPlace | null {
  let [best, least]: [CornerPlace | null, number] = [null, reach * reach];
  rings.forEach((ring, index) => {
    for (let i = 0; i < ring.length; i += 2) {
      const [ax, ay, next] = [ring[i], ring[i + 1], (i + 2) % ring.length];
      const [dx, dy] = [ring[next] - ax, ring[next + 1] - ay];
      const length = dx * dx + dy * dy;
      const share = length > 0 ? Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length)) : 0;
      const square = (ax + share * dx - x) ** 2 + (ay + share * dy - y) ** 2;
      if (square <= least) [best, least] = [{ ring: index, corner: i / 2 }, square];
    }
  });
  return best;
}

/** Whether a ring encloses a point, by the even-odd rule. */
export function isInRing(ring: readonly number[], { x, y }: Point): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    const [ay, by] = [ring[j + 1], ring[i + 1]];
    if (ay <= y === by <= y) continue;
    if (ring[j] + ((y - ay) / (by - ay)) * (ring[i] - ring[j]) < x) inside = !inside;
  }
  return inside;
}

/** The rings of the smallest part around a point: the ring itself, and the rings within it; none beside all parts. */
export function partAround(rings: Rings, point: Point): number[] {
  const around = rings.flatMap((ring, index) => (isInRing(ring, point) ? [{ index, size: extentOf(ring) }] : []));
  const outer = around.sort((a, b) => b.size - a.size)[(around.length - 1) & ~1];
  if (around.length % 2 === 0 || !outer) return [];
  const shape = rings[outer.index];
  return rings.flatMap((ring, index) =>
    index === outer.index || (extentOf(ring) < outer.size && isInRing(shape, { x: ring[0], y: ring[1] }))
      ? [index]
      : [],
  );
}

/** The area of a ring's bounding box. */
function extentOf(ring: readonly number[]): number {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < ring.length; i += 2) {
    [left, right] = [Math.min(left, ring[i]), Math.max(right, ring[i])];
    [top, bottom] = [Math.min(top, ring[i + 1]), Math.max(bottom, ring[i + 1])];
  }
  return (right - left) * (bottom - top);
}
