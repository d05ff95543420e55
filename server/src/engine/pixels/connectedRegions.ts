import type { RegionMap } from '../../../../mask/regions/regionMap';

type Labels = Int32Array | Uint16Array;

/** Region ids are 16-bit. */
const mostRegions = 65535;

/**
 * The connected pieces of a label map (neighbours by their four sides), in raster order of their first pixels.
 * Piece `i` has the pixels `order[starts[i] … starts[i + 1] - 1]`.
 */
interface Pieces {
  readonly count: number;
  readonly pieceAt: Int32Array;
  readonly order: Int32Array;
  readonly starts: Int32Array;
}

function pieces(labels: Labels, width: number, height: number): Pieces {
  const size = width * height;
  const pieceAt = new Int32Array(size).fill(-1);
  const order = new Int32Array(size);
  const starts: number[] = [0];
  let end = 0;
  for (let start = 0; start < size; start++) {
    if (pieceAt[start] >= 0) continue;
    const piece = starts.length - 1;
    const label = labels[start];
    let next = end;
    pieceAt[start] = piece;
    order[end++] = start;
    while (next < end) {
      const p = order[next++];
      const x = p % width;
      if (x > 0 && pieceAt[p - 1] < 0 && labels[p - 1] === label) {
        pieceAt[p - 1] = piece;
        order[end++] = p - 1;
      }
      if (x + 1 < width && pieceAt[p + 1] < 0 && labels[p + 1] === label) {
        pieceAt[p + 1] = piece;
        order[end++] = p + 1;
      }
      if (p >= width && pieceAt[p - width] < 0 && labels[p - width] === label) {
        pieceAt[p - width] = piece;
        order[end++] = p - width;
      }
      if (p + width < size && pieceAt[p + width] < 0 && labels[p + width] === label) {
        pieceAt[p + width] = piece;
        order[end++] = p + width;
      }
    }
    starts.push(end);
  }
  return { count: starts.length - 1, pieceAt, order, starts: Int32Array.from(starts) };
}

/** The id that touches piece `i` along most pixel sides; -1 where only pixels without an id touch it. */
function mostTouching(all: Pieces, i: number, ids: Int32Array, width: number): number {
  const sides = new Map<number, number>();
  for (let k = all.starts[i]; k < all.starts[i + 1]; k++) {
    const p = all.order[k];
    const x = p % width;
    for (const q of [x > 0 ? p - 1 : -1, x + 1 < width ? p + 1 : -1, p - width, p + width]) {
      if (q >= 0 && q < ids.length && ids[q] >= 0) sides.set(ids[q], (sides.get(ids[q]) ?? 0) + 1);
    }
  }
  let best = -1;
  let most = 0;
  for (const [id, count] of sides) {
    if (count > most) {
      most = count;
      best = id;
    }
  }
  return best;
}

function paint(all: Pieces, i: number, ids: Int32Array, id: number): void {
  for (let k = all.starts[i]; k < all.starts[i + 1]; k++) ids[all.order[k]] = id;
}

/** Gives every piece without an id the id of a neighbour, from the outside in. At least one piece must have an id. */
function absorb(all: Pieces, waiting: readonly number[], ids: Int32Array, width: number): void {
  for (let left = waiting; left.length > 0;) {
    left = left.filter(i => {
      const id = mostTouching(all, i, ids, width);
      if (id >= 0) paint(all, i, ids, id);
      return id < 0;
    });
  }
}

/**
 * The connected regions of a label map, numbered in raster order of their first pixels. Pieces below `minimumArea`
 * pixels join the region that they share most sides with; where more than 65,535 regions would be left, the minimum is
 * raised.
 */
export function connectedRegions(labels: Labels, width: number, height: number, minimumArea: number): RegionMap {
  const all = pieces(labels, width, height);
  const areas = Array.from({ length: all.count }, (_, i) => all.starts[i + 1] - all.starts[i]);
  let minimum = Math.min(
    minimumArea,
    areas.reduce((most, area) => Math.max(most, area), 0),
  );
  if (all.count > mostRegions) minimum = Math.max(minimum, areas.toSorted((a, b) => b - a)[mostRegions - 1] + 1);
  const ids = new Int32Array(width * height).fill(-1);
  const small: number[] = [];
  let count = 0;
  for (let i = 0; i < all.count; i++) {
    if (areas[i] < minimum) small.push(i);
    else paint(all, i, ids, count++);
  }
  if (count === 0) paint(all, small.shift()!, ids, count++); // very many pieces, all of one size
  absorb(all, small, ids, width);
  return { width, height, count, ids: Uint16Array.from(ids) };
}

/**
 * Keeps the largest piece of each region and gives the others to their neighbours, so that every region is connected.
 */
export function keepLargestPieces(regions: RegionMap): RegionMap {
  const { width, height, count } = regions;
  const all = pieces(regions.ids, width, height);
  const area = (i: number) => (i < 0 ? 0 : all.starts[i + 1] - all.starts[i]);
  const labelOf = (i: number) => regions.ids[all.order[all.starts[i]]];
  const largest = new Int32Array(count).fill(-1);
  for (let i = 0; i < all.count; i++) if (area(i) > area(largest[labelOf(i)])) largest[labelOf(i)] = i;
  const ids = Int32Array.from(regions.ids);
  const fragments = Array.from({ length: all.count }, (_, i) => i).filter(i => largest[labelOf(i)] !== i);
  for (const i of fragments) paint(all, i, ids, -1);
  absorb(all, fragments, ids, width);
  return { width, height, count, ids: Uint16Array.from(ids) };
}
