import type { Overlap } from './overlap';

/** Scores of one prediction (rows) against one truth (columns). */
export interface Scores {
  /**
   * Mean over truth segments of the best IoU that a predicted segment reaches (Kim et al., TIP 2020, section IV-B). In
   * [0, 1].
   */
  readonly meanIoU: number;
  /**
   * The same weighted by the truth segment's area: covering of the truth by the prediction (Arbeláez et al., TPAMI
   * 2011, equation 15). In [0, 1].
   */
  readonly covering: number;
  /**
   * Share of pixel pairs on which both agree whether they belong together (Unnikrishnan et al., TPAMI 2007). In [0, 1];
   * 1 for one pixel.
   */
  readonly randIndex: number;
  /** Variation of information in bits: H(prediction | truth) + H(truth | prediction) (Meilă, COLT 2003). 0 is best. */
  readonly variation: number;
}

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
