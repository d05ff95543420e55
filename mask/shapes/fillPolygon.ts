import { DrawingBudget } from './drawingBudget';
import { firstCentre, type Paint } from './shapes';

/** The edges of a polygon that cross centres of rows, by the first row that each crosses. */
interface Edges {
  /** The first row that any edge crosses, and the row after the last. */
  readonly top: number;
  readonly bottom: number;
  /** By edge, in the order of first rows: the x and y of its first corner, and the way to its second one. */
  readonly lines: Float64Array;
  /** By edge, in the same order: the row after the last that it crosses. */
  readonly end: Int32Array;
  /** By row from `top`: the place of its first edge in that order; one more entry than there are rows. */
  readonly starts: Int32Array;
}

/**
 * Fills a polygon by the even-odd rule: the pixels whose centre, at (x + ½, y + ½), it encloses. Time grows with the
 * rows that its edges cross, memory with its corners alone.
 * @param points x and y of its corners alternating, in pixels; corners may lie outside the picture
 * @throws Error for coordinates that are not finite numbers, DrawingBudgetError for too many crossings
 */
export function fillPolygon(
  points: readonly number[],
  width: number,
  height: number,
  paint: Paint,
  budget = new DrawingBudget(),
): void {
  fillRings([points], width, height, paint, budget);
}

/**
 * Fills several rings as one shape, as `fillPolygon` does: what lies in an odd number of them. The runs are painted in
 * reading order, and none twice.
 */
export function fillRings(
  rings: readonly (readonly number[])[],
  width: number,
  height: number,
  paint: Paint,
  budget = new DrawingBudget(),
): void {
  if (!rings.every(points => points.length % 2 === 0 && points.every(Number.isFinite)))
    throw new Error("a polygon's corners are not pairs of numbers");
  const edges = edgesOf(rings, height, budget);
  const painter = new RowPainter(width, budget.counting(paint));
  const active = new Int32Array(edges.end.length);
  let count = 0;
  for (let row = edges.top; row < edges.bottom; row++) {
    for (let edge = edges.starts[row - edges.top]; edge < edges.starts[row - edges.top + 1]; edge++)
      active[count++] = edge;
    count = keepCrossing(active, count, edges.end, row);
    painter.cross(edges.lines, active, count, row + 0.5);
    painter.paintRow(row);
  }
}

/** Removes the edges that end before a row from a list of `count` edges. @returns how many are left */
function keepCrossing(active: Int32Array, count: number, end: Int32Array, row: number): number {
  let kept = 0;
  for (let i = 0; i < count; i++) if (end[active[i]] > row) active[kept++] = active[i];
  return kept;
}

function edgesOf(rings: readonly (readonly number[])[], height: number, budget: DrawingBudget): Edges {
  const points = rings.length === 1 ? rings[0] : rings.flat();
  const corners = points.length / 2;
  const next = followersOf(rings, corners);
  const [firsts, ends] = [new Int32Array(corners), new Int32Array(corners)];
  let [top, bottom, rows, count] = [height, 0, 0, 0];
  for (let i = 0; i < corners; i++) {
    const [y0, y1] = [points[2 * i + 1], points[2 * next[i] + 1]];
    const first = (firsts[i] = firstCentre(Math.min(y0, y1), height));
    const end = (ends[i] = firstCentre(Math.max(y0, y1), height));
    if (first === end) continue;
    rows += end - first;
    count++;
    top = Math.min(top, first);
    bottom = Math.max(bottom, end);
  }
  budget.spendEdges(corners + rows);
  const starts = new Int32Array(Math.max(0, bottom - top) + 1);
  for (let i = 0; i < corners; i++) if (firsts[i] < ends[i]) starts[firsts[i] - top + 1]++;
  for (let row = 1; row < starts.length; row++) starts[row] += starts[row - 1];
  const place = starts.slice();
  const [lines, end] = [new Float64Array(4 * count), new Int32Array(count)];
  for (let i = 0; i < corners; i++) {
    if (firsts[i] === ends[i]) continue;
    const at = place[firsts[i] - top]++;
    const [x, y, to] = [points[2 * i], points[2 * i + 1], 2 * next[i]];
    lines.set([x, y, points[to] - x, points[to + 1] - y], 4 * at);
    end[at] = ends[i];
  }
  return { top, bottom, lines, end, starts };
}

/** By corner of all rings: the one that follows it along its ring. */
function followersOf(rings: readonly (readonly number[])[], corners: number): Int32Array {
  const next = Int32Array.from({ length: corners }, (_, i) => i + 1);
  let first = 0;
  for (const { length } of rings) {
    if (length > 0) next[first + length / 2 - 1] = first;
    first += length / 2;
  }
  return next;
}

/** The most crossings of a row that are sorted by insertion. */
const fewCrossings = 24;

/** Paints a row of pixels between each odd crossing and the next one. */
class RowPainter {
  /** The first columns whose centres lie at or after the crossings of the row. */
  private columns = new Int32Array(64);
  private count = 0;
  /** By column: whether the crossings before its centre change from outside to inside there, or back. */
  private toggles: Uint8Array | undefined;

  constructor(
    private readonly width: number,
    private readonly paint: Paint,
  ) {}

  /** Sets the crossings of a row: where the first `count` of some edges are at the height `y`. */
  cross(lines: Float64Array, edges: Int32Array, count: number, y: number): void {
    if (count > this.columns.length) this.columns = new Int32Array(2 * count);
    const { columns, width } = this;
    for (let i = 0; i < count; i++) {
      const at = 4 * edges[i];
      columns[i] = firstCentre(lines[at] + ((y - lines[at + 1]) / lines[at + 3]) * lines[at + 2], width);
    }
    this.count = count;
  }

  /** Paints the row by its crossings. */
  paintRow(row: number): void {
    const crossings = this.columns.subarray(0, this.count);
    if (crossings.length > this.width / 8) this.paintToggled(crossings, row * this.width);
    else this.paintSorted(crossings, row * this.width);
  }

  private paintSorted(crossings: Int32Array, start: number): void {
    if (crossings.length > fewCrossings) crossings.sort();
    else insertionSort(crossings);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const [from, to] = [crossings[i], crossings[i + 1]];
      if (from < to) this.paint(start + from, start + to);
    }
  }

  /** Paints a row with so many crossings that looking at each column is faster than sorting. */
  private paintToggled(crossings: Int32Array, start: number): void {
    const toggles = (this.toggles ??= new Uint8Array(this.width + 1));
    for (const column of crossings) toggles[column] ^= 1;
    let from = -1;
    for (let column = 0; column <= this.width; column++) {
      if (toggles[column] === 0) continue;
      toggles[column] = 0;
      if (from < 0) from = column;
      else {
        this.paint(start + from, start + column);
        from = -1;
      }
    }
  }
}

function insertionSort(values: Int32Array): void {
  for (let i = 1; i < values.length; i++) {
    const value = values[i];
    let at = i;
    for (; at > 0 && values[at - 1] > value; at--) values[at] = values[at - 1];
    values[at] = value;
  }
}
