/** By how much corners of one place are moved into their own angle, in pixels, so that each lies on its own side. */
const apart = 1 / 64;

/** The corners of rings that are still there, by their places, to find those in a triangle. */
export class VertexGrid {
  private readonly x: Float64Array;
  private readonly y: Float64Array;
  private readonly left: number;
  private readonly top: number;
  private readonly cell: number;
  private readonly columns: number;
  /** By cell: the first corner in it, and by corner: the next one in its cell and the one before; -1 for none. */
  private readonly first: Int32Array;
  private readonly after: Int32Array;
  private readonly before: Int32Array;
  private spanFrom = 0;
  private spanTo = 0;

  /** @param previous by corner: the one before it along its ring, and after it in `next` */
  constructor(x: Float64Array, y: Float64Array, previous: Int32Array, next: Int32Array) {
    [this.x, this.y] = separated(x, y, previous, next);
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let v = 0; v < x.length; v++) {
      [left, right] = [Math.min(left, x[v]), Math.max(right, x[v])];
      [top, bottom] = [Math.min(top, y[v]), Math.max(bottom, y[v])];
    }
    [this.left, this.top] = [left - 1, top - 1];
    const [width, height] = x.length > 0 ? [right - left + 2, bottom - top + 2] : [1, 1];
    this.cell = Math.max(2, Math.sqrt((width * height) / Math.max(1, x.length)), width / 4096, height / 4096);
    this.columns = Math.ceil(width / this.cell) + 1;
    this.first = new Int32Array(this.columns * (Math.ceil(height / this.cell) + 1)).fill(-1);
    [this.after, this.before] = [new Int32Array(x.length).fill(-1), new Int32Array(x.length).fill(-1)];
    for (let v = x.length - 1; v >= 0; v--) {
      const at = this.cellOf(v);
      this.after[v] = this.first[at];
      if (this.after[v] >= 0) this.before[this.after[v]] = v;
      this.first[at] = v;
    }
  }

  remove(v: number): void {
    const [after, before] = [this.after[v], this.before[v]];
    if (after >= 0) this.before[after] = before;
    if (before >= 0) this.after[before] = after;
    else this.first[this.cellOf(v)] = after;
  }

  /** Any corner within the triangle of three others or on its edge; -1 where there is none. */
  anyInTriangle(a: number, b: number, c: number): number {
    const { x, y, cell, columns, first, after } = this;
    const [ax, ay, bx, by, cx, cy] = [x[a], y[a], x[b], y[b], x[c], y[c]];
    const turn = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax) < 0 ? -1 : 1;
    const firstRow = Math.floor((Math.min(ay, by, cy) - this.top) / cell);
    const lastRow = Math.floor((Math.max(ay, by, cy) - this.top) / cell);
    for (let row = firstRow; row <= lastRow; row++) {
      this.spanOf(a, b, c, row);
      for (let column = this.spanFrom; column <= this.spanTo; column++) {
        for (let v = first[row * columns + column]; v >= 0; v = after[v]) {
          if (v === a || v === b || v === c) continue;
          const [px, py] = [x[v], y[v]];
          if (
            turn * ((bx - ax) * (py - ay) - (by - ay) * (px - ax)) >= 0 &&
            turn * ((cx - bx) * (py - by) - (cy - by) * (px - bx)) >= 0 &&
            turn * ((ax - cx) * (py - cy) - (ay - cy) * (px - cx)) >= 0 &&
            isBetween(px, ax, bx, cx) &&
            isBetween(py, ay, by, cy)
          )
            return v;
        }
      }
    }
    return -1;
  }

  /** Finds the columns of a row of cells that a triangle touches. */
  private spanOf(a: number, b: number, c: number, row: number): void {
    const [top, bottom] = [this.top + row * this.cell, this.top + (row + 1) * this.cell];
    let [low, high] = [Infinity, -Infinity];
    for (let edge = 0; edge < 3; edge++) {
      const [from, to] = edge === 0 ? [a, b] : edge === 1 ? [b, c] : [c, a];
      const [fromY, toY] = [this.y[from], this.y[to]];
      if (Math.max(fromY, toY) < top || Math.min(fromY, toY) > bottom) continue;
      const slope = fromY === toY ? 0 : (this.x[to] - this.x[from]) / (toY - fromY);
      const clipped = (at: number) => this.x[from] + slope * (Math.min(bottom, Math.max(top, at)) - fromY);
      const [start, end] = fromY === toY ? [this.x[from], this.x[to]] : [clipped(fromY), clipped(toY)];
      [low, high] = [Math.min(low, start, end), Math.max(high, start, end)];
    }
    // A place of rounding more to each side.
    this.spanFrom = Math.max(0, Math.floor((low - this.left) / this.cell - 1e-6));
    this.spanTo = Math.min(this.columns - 1, Math.floor((high - this.left) / this.cell + 1e-6));
  }

  private cellOf(v: number): number {
    const { x, y, cell } = this;
    return Math.floor((y[v] - this.top) / cell) * this.columns + Math.floor((x[v] - this.left) / cell);
  }
}

function isBetween(value: number, a: number, b: number, c: number): boolean {
  return value >= Math.min(a, b, c) && value <= Math.max(a, b, c);
}

/** The places of corners, those that share one moved apart. */
function separated(
  x: Float64Array,
  y: Float64Array,
  previous: Int32Array,
  next: Int32Array,
): [Float64Array, Float64Array] {
  const [movedX, movedY] = [x.slice(), y.slice()];
  const order = Uint32Array.from(x.keys()).sort((a, b) => x[a] - x[b] || y[a] - y[b]);
  for (let i = 0; i < order.length; i++) {
    const v = order[i];
    const isShared = [order[i - 1], order[i + 1]].some(
      other => other !== undefined && x[other] === x[v] && y[other] === y[v],
    );
    if (!isShared) continue;
    for (const other of [previous[v], next[v]]) {
      const length = Math.hypot(x[other] - x[v], y[other] - y[v]) || 1;
      movedX[v] += (apart * (x[other] - x[v])) / length;
      movedY[v] += (apart * (y[other] - y[v])) / length;
    }
  }
  return [movedX, movedY];
}
