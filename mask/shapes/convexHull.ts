/**
 * The points at the corners of the convex hull of some points (Andrew, “Another efficient algorithm for convex hulls in
 * two dimensions”, 1979).
 * @param points their numbers, by which `x` and `y` have their places
 */
export function convexHull(points: readonly number[], x: Float64Array, y: Float64Array): number[] {
  const sorted = [...points].sort((a, b) => x[a] - x[b] || y[a] - y[b]);
  const half = (order: readonly number[]): number[] => {
    const kept: number[] = [];
    for (const point of order) {
      while (kept.length > 1 && !turns(kept[kept.length - 2], kept[kept.length - 1], point)) kept.pop();
      kept.push(point);
    }
    return kept.slice(0, -1);
  };
  const turns = (a: number, b: number, c: number): boolean =>
    (x[b] - x[a]) * (y[c] - y[a]) > (y[b] - y[a]) * (x[c] - x[a]);
  return [...half(sorted), ...half(sorted.reverse())];
}
