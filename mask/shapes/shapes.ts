/** A shape with the name of its class. `fill` may paint a pixel more than once. */
export interface NamedShape {
  readonly name: string;
  readonly fill: (paint: Paint) => void;
}

/** The names that labelling tools give to the background, which no shape covers. */
export const backgroundNames: readonly string[] = ['background', '_background_'];

/** Whether a shape of this name erases what lies under it. */
export function isBackground(name: string): boolean {
  return backgroundNames.includes(name.toLowerCase());
}

/**
 * Orders shapes by area, the largest first: where objects overlap, the smaller one usually lies in front of the larger,
 * as a cup stands in front of the table.
 */
export function largestFirst<T extends NamedShape>(shapes: readonly T[]): T[] {
  return shapes
    .map(shape => ({ shape, area: areaOf(shape) }))
    .sort((a, b) => b.area - a.area)
    .map(({ shape }) => shape);
}

/** The number of pixels that a shape paints. */
export function areaOf({ fill }: NamedShape): number {
  let area = 0;
  fill((from, to) => {
    area += to - from;
  });
  return area;
}

/** A callback that paints the pixels `from` … `to` - 1 of a row-major picture, which are all in one row. */
export type Paint = (from: number, to: number) => void;

/** The maximum number of crossings of a polygon's edges with rows, which bounds the work of filling it. */
const mostCrossings = 1e8;

/**
 * Fills a polygon by the even-odd rule: the pixels whose centre, at (x + ½, y + ½), it encloses.
 * @param points x and y of its corners alternating, in pixels; corners may lie outside the picture
 * @throws Error for coordinates that are not finite numbers, and for polygons with too many crossings
 */
export function fillPolygon(points: readonly number[], width: number, height: number, paint: Paint): void {
  if (points.length % 2 !== 0 || !points.every(Number.isFinite))
    throw new Error("a polygon's corners are not pairs of numbers");
  const crossings = new Map<number, number[]>();
  let work = 0;
  for (let i = 0; i < points.length; i += 2) {
    const [x0, y0] = [points[i], points[i + 1]];
    const [x1, y1] = [points[(i + 2) % points.length], points[(i + 3) % points.length]];
    const [first, end] = [rowAt(Math.min(y0, y1), height), rowAt(Math.max(y0, y1), height)];
    if ((work += end - first) > mostCrossings) throw new Error('a polygon has too many corners');
    for (let row = first; row < end; row++) {
      const x = x0 + ((row + 0.5 - y0) / (y1 - y0)) * (x1 - x0);
      const xs = crossings.get(row);
      if (xs) xs.push(x);
      else crossings.set(row, [x]);
    }
  }
  for (const [row, xs] of crossings) {
    xs.sort((a, b) => a - b);
    for (let i = 0; i + 1 < xs.length; i += 2) {
      const [from, to] = [rowAt(xs[i], width), rowAt(xs[i + 1], width)];
      if (from < to) paint(row * width + from, row * width + to);
    }
  }
}

/** The first of `size` rows whose centre lies at or after a coordinate. */
function rowAt(coordinate: number, size: number): number {
  return Math.min(size, Math.max(0, Math.ceil(coordinate - 0.5)));
}
