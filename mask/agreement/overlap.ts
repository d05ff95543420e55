import type { Segments } from './segments';

/**
 * How two segmentations overlap: `pixels[i]` pixels are in segment `row[i]` of the one and `column[i]` of the other.
 * Each pair of segments that overlap is there once.
 */
export interface Overlap {
  readonly row: Uint32Array;
  readonly column: Uint32Array;
  readonly pixels: Uint32Array;
  /** Pixels of each segment. */
  readonly rowAreas: Uint32Array;
  readonly columnAreas: Uint32Array;
  readonly total: number;
}

/**
 * Counts pixels by pairs of segments. Time and memory are linear in the number of pixels, however many segments there
 * are.
 * @param sizes where segments are of regions instead of pixels: how many pixels each region has
 * @throws RangeError for different sizes
 */
export function overlap(rows: Segments, columns: Segments, sizes?: Uint32Array): Overlap {
  const length = rows.of.length;
  if (length !== columns.of.length)
    throw new RangeError(`Segmentations of ${length} and ${columns.of.length} pixels cannot be compared.`);
  const counts = new Map<number, number>();
  let total = 0;
  for (let start = 0, end: number; start < length; start = end) {
    const [row, column] = [rows.of[start], columns.of[start]];
    // runs: a look-up each, not one a pixel
    for (end = start + 1; end < length && rows.of[end] === row && columns.of[end] === column;) end++;
    const key = column * rows.count + row;
    const pixels = sizes ? sizes.subarray(start, end).reduce((sum, size) => sum + size, 0) : end - start;
    counts.set(key, (counts.get(key) ?? 0) + pixels);
    total += pixels;
  }
  const keys = Array.from(counts.keys());
  const row = Uint32Array.from(keys, key => key % rows.count);
  const column = Uint32Array.from(keys, key => Math.floor(key / rows.count));
  const pixels = Uint32Array.from(counts.values());
  return {
    row,
    column,
    pixels,
    rowAreas: areas(row, pixels, rows.count),
    columnAreas: areas(column, pixels, columns.count),
    total,
  };
}

function areas(segment: Uint32Array, pixels: Uint32Array, count: number): Uint32Array {
  const sums = new Uint32Array(count);
  for (let i = 0; i < segment.length; i++) sums[segment[i]] += pixels[i];
  return sums;
}
