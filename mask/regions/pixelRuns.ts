/** A size in pixels. */
interface Size {
  readonly width: number;
  readonly height: number;
}

/** Pixels of a map as runs: pairs of a first pixel and a length, row by row, ascending, without overlap. */
export type PixelRuns = Uint32Array;

/** The diameter of the largest brush, in pixels. */
export const maxBrushSize = 1000;
/** The maximum number of points of one stroke or polygon. A page ends a longer stroke and begins another. */
export const maxPoints = 10_000;

/**
 * The position of a round brush for a pointer at `x`, `y` in pixels: on the middle of a pixel for odd sizes, on a
 * corner for even sizes, so that the brush has the same shape everywhere.
 */
export function snapToBrush(x: number, y: number, size: number): [number, number] {
  return size % 2 === 1 ? [Math.floor(x) + 0.5, Math.floor(y) + 0.5] : [Math.round(x), Math.round(y)];
}

/**
 * The pixels whose middle a round brush covers on its way along a line of points. The union over a stroke's pieces is
 * the complete stroke, to the pixel.
 * @param points x, y, x, y … in pixels from the map's corner, at least one point
 * @param size diameter of the brush in pixels
 */
export function strokeRuns(points: ArrayLike<number>, size: number, map: Size): PixelRuns {
  const rows = new Rows(map);
  const radius = size / 2;
  for (let i = 0; i === 0 || i + 3 < points.length; i += 2) {
    const last = Math.min(i + 2, points.length - 2);
    addCapsule(rows, points[i], points[i + 1], points[last], points[last + 1], radius);
  }
  return rows.runs();
}

/** Adds all points within `radius` of a line, row by row. The shape is convex, so each row has one piece of it. */
function addCapsule(rows: Rows, ax: number, ay: number, bx: number, by: number, radius: number): void {
  const length = Math.hypot(bx - ax, by - ay);
  const nx = length > 0 ? (-(by - ay) / length) * radius : 0;
  const ny = length > 0 ? ((bx - ax) / length) * radius : 0;
  const corners = [ax + nx, ay + ny, bx + nx, by + ny, bx - nx, by - ny, ax - nx, ay - ny];
  const first = Math.max(0, Math.ceil(Math.min(ay, by) - radius - 0.5));
  const end = Math.min(rows.map.height, Math.floor(Math.max(ay, by) + radius - 0.5) + 1);
  for (let row = first; row < end; row++) {
    const y = row + 0.5;
    let low = Infinity,
      high = -Infinity;
    for (const [cx, cy] of [
      [ax, ay],
      [bx, by],
    ]) {
      const half = radius * radius - (y - cy) * (y - cy);
      if (half < 0) continue;
      low = Math.min(low, cx - Math.sqrt(half));
      high = Math.max(high, cx + Math.sqrt(half));
    }
    for (let i = 0; i < 8 && length > 0; i += 2) {
      const [px, py, qx, qy] = [corners[i], corners[i + 1], corners[(i + 2) % 8], corners[(i + 3) % 8]];
      if (py <= y === qy <= y) continue;
      const x = px + ((y - py) / (qy - py)) * (qx - px);
      low = Math.min(low, x);
      high = Math.max(high, x);
    }
    rows.add(row, Math.ceil(low - 0.5), Math.floor(high - 0.5) + 1);
  }
}

/**
 * The pixels whose middle lies in a polygon. The polygon is closed implicitly, and is filled where it overlaps itself
 * (non-zero winding).
 */
export function polygonRuns(points: ArrayLike<number>, map: Size): PixelRuns {
  const rows = new Rows(map);
  const ys = Array.from({ length: points.length / 2 }, (_, i) => points[2 * i + 1]);
  const [top, bottom] = ys.reduce(([low, high], y) => [Math.min(low, y), Math.max(high, y)], [Infinity, -Infinity]);
  for (let row = Math.max(0, Math.floor(top)); row < Math.min(map.height, Math.ceil(bottom)); row++) {
    const crossings: { x: number; turn: number }[] = [];
    const y = row + 0.5;
    for (let i = 0, j = points.length - 2; i < points.length; j = i, i += 2) {
      const [ay, by] = [points[j + 1], points[i + 1]];
      if (ay <= y === by <= y) continue;
      crossings.push({ x: points[j] + ((y - ay) / (by - ay)) * (points[i] - points[j]), turn: ay <= y ? 1 : -1 });
    }
    crossings.sort((a, b) => a.x - b.x);
    for (let i = 0, winding = 0; i + 1 < crossings.length; i++) {
      winding += crossings[i].turn;
      if (winding !== 0) rows.add(row, Math.ceil(crossings[i].x - 0.5), Math.ceil(crossings[i + 1].x - 0.5));
    }
  }
  return rows.runs();
}

/** Collects pieces of rows, and joins them where they meet. */
class Rows {
  /** By row: the first pixel and the end of each piece, ascending. */
  private readonly rows = new Map<number, number[]>();

  constructor(readonly map: Size) {}

  add(row: number, first: number, end: number): void {
    let low = Math.max(0, first),
      high = Math.min(this.map.width, end);
    if (!(low < high)) return;
    const pieces = this.rows.get(row) ?? [];
    const kept: number[] = [];
    for (let i = 0; i < pieces.length; i += 2) {
      if (pieces[i + 1] < low || pieces[i] > high) {
        kept.push(pieces[i], pieces[i + 1]);
        continue;
      }
      low = Math.min(low, pieces[i]);
      high = Math.max(high, pieces[i + 1]);
    }
    let at = 0;
    while (at < kept.length && kept[at] < low) at += 2;
    kept.splice(at, 0, low, high);
    this.rows.set(row, kept);
  }

  runs(): PixelRuns {
    const runs: number[] = [];
    for (const row of [...this.rows.keys()].sort((a, b) => a - b)) {
      const pieces = this.rows.get(row)!;
      for (let i = 0; i < pieces.length; i += 2) runs.push(row * this.map.width + pieces[i], pieces[i + 1] - pieces[i]);
    }
    return Uint32Array.from(runs);
  }
}

/**
 * The pixels of each value of a map, in the order in which the values first appear; pixels of the value `none` are left
 * out.
 */
export function runsByValue(map: Uint8Array | Uint16Array, none: number): Map<number, PixelRuns> {
  const found = new Map<number, number[]>();
  for (let start = 0; start < map.length;) {
    const value = map[start];
    let end = start + 1;
    while (end < map.length && map[end] === value) end++;
    if (value !== none) {
      const runs = found.get(value);
      if (runs) runs.push(start, end - start);
      else found.set(value, [start, end - start]);
    }
    start = end;
  }
  return new Map([...found].map(([value, runs]) => [value, Uint32Array.from(runs)]));
}
