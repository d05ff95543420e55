import { convexHull } from './convexHull';
import { VertexGrid } from './vertexGrid';
import { VertexQueue } from './vertexQueue';

/** A closed line: the corners, x and y alternating; the last one joins the first. */
export type Ring = readonly number[];

/**
 * The corners of the rings of one shape in the order in which simplification removes them, so that the shape at any
 * tolerance takes no more than a look at each corner.
 *
 * Corners are removed one after the other, always the one whose removal moves the line least (Pikaz and Dinstein, “An
 * algorithm for polygonal approximation based on iterative point elimination”, Pattern Recognition Letters 16, 1995):
 * how far it moves is the largest distance between the new edge and the corners that were ever removed along it, so no
 * corner is further than the tolerance from the edge in its place. A corner stays while the triangle of it and its
 * neighbours holds another corner: rings that do not cross go on not crossing, holes stay holes and parts stay parts. A
 * ring keeps three corners and more than half of its area. Rings may touch at corners, as those of `contoursOf` do.
 */
export class RingSimplifier {
  /** The tolerance from which on each corner is gone, ring by ring; `Infinity` where it stays. */
  private readonly goneFrom: Float64Array;

  /** @param largest the largest tolerance that will be asked for, in pixels */
  constructor(
    private readonly rings: readonly Ring[],
    largest: number,
  ) {
    this.goneFrom = new Elimination(rings, largest).run();
  }

  /** The rings without the corners that a tolerance in pixels allows to remove. */
  at(tolerance: number): number[][] {
    let vertex = 0;
    return this.rings.map(ring => {
      const kept: number[] = [];
      for (let i = 0; i < ring.length; i += 2) if (this.goneFrom[vertex++] > tolerance) kept.push(ring[i], ring[i + 1]);
      return kept;
    });
  }

  /** The smallest of some ascending tolerances that leaves at most `most` corners; the last one where none does. */
  toleranceFor(most: number, tolerances: readonly number[]): number {
    const leaves = (tolerance: number) => this.goneFrom.reduce((sum, from) => sum + (from > tolerance ? 1 : 0), 0);
    return tolerances.find(tolerance => leaves(tolerance) <= most) ?? tolerances[tolerances.length - 1];
  }
}

/** The most removed corners of an edge of which all are kept. */
const fewCorners = 12;

/** The removal of corners, by their numbers through all rings. */
class Elimination {
  private readonly x: Float64Array;
  private readonly y: Float64Array;
  /** By corner: its ring. */
  private readonly ringOf: Int32Array;
  private readonly previous: Int32Array;
  private readonly next: Int32Array;
  /**
   * By corner: those removed from the edge that follows it. Of many only the corners of their convex hull, one of which
   * is always the furthest from a straight edge.
   */
  private readonly along: (number[] | undefined)[];
  /** By corner: the square of the distance by which its removal moves the line. */
  private readonly deviation: Float64Array;
  private readonly goneFrom: Float64Array;
  /** By ring: twice its area, first and now; and its corners now. */
  private readonly firstArea: Float64Array;
  private readonly area: Float64Array;
  private readonly count: Int32Array;
  private readonly grid: VertexGrid;
  private readonly queue = new VertexQueue();
  /** By corner: those that stay because it lies in their triangle. */
  private readonly blocked = new Map<number, number[]>();
  private readonly limit: number;

  constructor(rings: readonly Ring[], largest: number) {
    this.limit = largest * largest;
    const corners = rings.reduce((sum, ring) => sum + ring.length / 2, 0);
    this.along = new Array<number[] | undefined>(corners);
    [this.x, this.y] = [new Float64Array(corners), new Float64Array(corners)];
    [this.previous, this.next, this.ringOf] = [
      new Int32Array(corners),
      new Int32Array(corners),
      new Int32Array(corners),
    ];
    [this.deviation, this.goneFrom] = [new Float64Array(corners), new Float64Array(corners).fill(Infinity)];
    [this.firstArea, this.count] = [new Float64Array(rings.length), new Int32Array(rings.length)];
    let first = 0;
    rings.forEach((ring, r) => {
      const length = ring.length / 2;
      this.count[r] = length;
      for (let i = 0; i < length; i++) {
        const v = first + i;
        [this.x[v], this.y[v], this.ringOf[v]] = [ring[2 * i], ring[2 * i + 1], r];
        [this.previous[v], this.next[v]] = [first + ((i + length - 1) % length), first + ((i + 1) % length)];
      }
      for (let v = first; v < first + length; v++) this.firstArea[r] += this.cross(first, v, this.next[v]);
      first += length;
    });
    this.area = this.firstArea.slice();
    this.grid = new VertexGrid(this.x, this.y, this.previous, this.next);
  }

  /** Removes corners in their order. @returns by corner: the tolerance from which on it is gone */
  run(): Float64Array {
    for (let v = 0; v < this.x.length; v++) this.offer(v);
    let level = 0;
    for (let v = this.queue.pop(this.deviation); v >= 0; v = this.queue.pop(this.deviation)) {
      if (this.goneFrom[v] < Infinity || !this.keepsArea(v)) continue;
      const blocker = this.grid.anyInTriangle(this.previous[v], v, this.next[v]);
      if (blocker >= 0) {
        const waiting = this.blocked.get(blocker);
        if (waiting) waiting.push(v);
        else this.blocked.set(blocker, [v]);
        continue;
      }
      level = Math.max(level, this.deviation[v]);
      this.goneFrom[v] = Math.sqrt(level);
      this.remove(v);
    }
    return this.goneFrom;
  }

  private remove(v: number): void {
    const [a, c, ring] = [this.previous[v], this.next[v], this.ringOf[v]];
    const removed = [...(this.along[a] ?? []), v, ...(this.along[v] ?? [])];
    this.along[a] = removed.length > fewCorners ? convexHull(removed, this.x, this.y) : removed;
    this.along[v] = undefined;
    this.area[ring] -= this.cross(a, v, c);
    this.count[ring]--;
    [this.next[a], this.previous[c]] = [c, a];
    this.grid.remove(v);
    this.offer(a);
    this.offer(c);
    for (const waiting of this.blocked.get(v) ?? []) if (this.goneFrom[waiting] === Infinity) this.offer(waiting);
    this.blocked.delete(v);
  }

  /** Measures how far the removal of a corner moves the line, and queues it where that is within the limit. */
  private offer(v: number): void {
    const [a, c] = [this.previous[v], this.next[v]];
    this.deviation[v] = Infinity;
    if (a === c) return;
    let most = this.squareTo(v, a, c);
    for (const i of this.along[a] ?? []) most = Math.max(most, this.squareTo(i, a, c));
    for (const i of this.along[v] ?? []) most = Math.max(most, this.squareTo(i, a, c));
    if (most > this.limit) return;
    this.deviation[v] = most;
    this.queue.push(most, v);
  }

  /** The square of the distance of a corner from the edge between two others. */
  private squareTo(v: number, a: number, c: number): number {
    const { x, y } = this;
    const [dx, dy, px, py] = [x[c] - x[a], y[c] - y[a], x[v] - x[a], y[v] - y[a]];
    const [length, along] = [dx * dx + dy * dy, px * dx + py * dy];
    if (along <= 0) return px * px + py * py;
    if (along >= length) return (px - dx) * (px - dx) + (py - dy) * (py - dy);
    const across = px * dy - py * dx;
    return (across * across) / length;
  }

  private keepsArea(v: number): boolean {
    const ring = this.ringOf[v];
    const after = this.area[ring] - this.cross(this.previous[v], v, this.next[v]);
    return this.count[ring] > 3 && 2 * after * Math.sign(this.firstArea[ring]) > Math.abs(this.firstArea[ring]);
  }

  /** Twice the area of a triangle of corners, positive where it turns from x to y. */
  private cross(a: number, b: number, c: number): number {
    const { x, y } = this;
    return (x[b] - x[a]) * (y[c] - y[a]) - (y[b] - y[a]) * (x[c] - x[a]);
  }
}

/** The area that a ring encloses, in pixels; negative where it runs as the edges of holes do. */
export function ringArea(ring: Ring): number {
  let twice = 0;
  for (let i = 0; i < ring.length; i += 2) {
    const next = (i + 2) % ring.length;
    twice += ring[i] * ring[next + 1] - ring[i + 1] * ring[next];
  }
  return twice / 2;
}
