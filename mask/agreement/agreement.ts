import { connectedSegments, labelSegments, type Segments } from './segments';

/**
 * The overlap of two segmentations: `pixels[i]` pixels are in segment `row[i]` of the first and `column[i]` of the
 * second. Each pair of overlapping segments is listed once.
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
 * Counts the pixels of each pair of segments, in time and memory linear in the number of pixels.
 * @param sizes the number of pixels of each region, where the segments consist of regions instead of pixels
 * @throws RangeError for different sizes
 */
export function overlap(rows: Segments, columns: Segments, sizes?: Uint32Array): Overlap {
  const length = rows.segmentOf.length;
  if (length !== columns.segmentOf.length)
    throw new RangeError(`Segmentations of ${length} and ${columns.segmentOf.length} pixels cannot be compared.`);
  const counts = new Map<number, number>();
  let total = 0;
  for (let start = 0, end: number; start < length; start = end) {
    const [row, column] = [rows.segmentOf[start], columns.segmentOf[start]];
    // runs: one look-up each instead of one a pixel
    for (end = start + 1; end < length && rows.segmentOf[end] === row && columns.segmentOf[end] === column;) end++;
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

/** Scores of one prediction (rows) against one truth (columns). */
export interface Scores {
  /**
   * Mean over truth segments of the best IoU that a predicted segment reaches (Kim et al., TIP 2020, section IV-B). In
   * [0, 1].
   */
  readonly meanIoU: number;
  /**
   * Mean of the best IoU of each truth segment, weighted by the segment's area: the covering of the truth by the
   * prediction (Arbeláez et al., TPAMI 2011, equation 15). In [0, 1].
   */
  readonly covering: number;
  /**
   * Rand index: the share of pixel pairs that both put into one segment, or both into two (Unnikrishnan et al., TPAMI
   * 2007). In [0, 1]; 1 for a picture of one pixel.
   */
  readonly randIndex: number;
  /** Variation of information in bits: H(prediction | truth) + H(truth | prediction) (Meilă, COLT 2003). 0 is best. */
  readonly variation: number;
}

/** Scores the overlap of a prediction (rows) with a truth (columns). */
export function scores({ row, column, pixels, rowAreas, columnAreas, total }: Overlap): Scores {
  const best = new Float64Array(columnAreas.length);
  let pairs = 0,
    variation = 0;
  for (let i = 0; i < pixels.length; i++) {
    const [n, rowArea, columnArea] = [pixels[i], rowAreas[row[i]], columnAreas[column[i]]];
    best[column[i]] = Math.max(best[column[i]], n / (rowArea + columnArea - n));
    pairs += n * n;
    variation += n * (Math.log2(rowArea / n) + Math.log2(columnArea / n));
  }
  const squares = (areas: Uint32Array) => areas.reduce((sum, area) => sum + area * area, 0);
  // Ordered pairs of different pixels; those of a pixel with itself cancel out of the difference.
  const disagreeing = squares(rowAreas) + squares(columnAreas) - 2 * pairs;
  return {
    meanIoU: best.reduce((sum, iou) => sum + iou, 0) / best.length,
    covering: best.reduce((sum, iou, c) => sum + iou * columnAreas[c], 0) / total,
    randIndex: total > 1 ? 1 - disagreeing / (total * (total - 1)) : 1,
    variation: variation / total,
  };
}

/** A label map: one label value a pixel, row-major. */
interface Labels {
  readonly width: number;
  readonly height: number;
  readonly labels: Uint16Array;
}

/** The agreement of a mask with a truth, see `agreementOf`. */
export interface Agreement extends Pick<Scores, 'meanIoU' | 'covering'> {
  /** Connected regions of the mask, and segments of the truth. */
  readonly regions: number;
  readonly segments: number;
}

/**
 * Measures how far a mask, whose segments are its connected regions, agrees with a truth, whose segments are its
 * labels. The scores are those of `labelless evaluate` with one annotator.
 * @throws RangeError for different sizes
 */
export function agreementOf({ width, height, labels }: Labels, truth: Labels): Agreement {
  if (truth.width !== width || truth.height !== height)
    throw new RangeError(`The mask has ${width}×${height} pixels, the other ${truth.width}×${truth.height}.`);
  const [rows, columns] = [connectedSegments(labels, width, height), labelSegments(truth.labels)];
  const { meanIoU, covering } = scores(overlap(rows, columns));
  return { meanIoU, covering, regions: rows.count, segments: columns.count };
}
