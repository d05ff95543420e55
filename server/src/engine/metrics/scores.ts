import { margins, type Overlap } from './overlap';

/** Scores of one prediction (rows) against one truth (columns). */
export interface Scores {
  /** Mean over truth segments of the best IoU that a predicted region reaches (Kim et al., TIP 2020, section IV-B). In [0, 1]. */
  readonly meanIoU: number;
  /** The same weighted by the truth segment's area: covering of the truth by the prediction (Arbeláez et al., TPAMI 2011, equation 15). In [0, 1]. */
  readonly covering: number;
  /** Share of pixel pairs on which both agree whether they belong together (Unnikrishnan et al., TPAMI 2007). In [0, 1]; 1 for one pixel. */
  readonly randIndex: number;
  /** Variation of information in bits: H(prediction | truth) + H(truth | prediction) (Meilă, COLT 2003). 0 is best. */
  readonly variation: number;
}

export function scores(overlap: Overlap): Scores {
  const { rows, columns, pixels } = overlap;
  const { rowAreas, columnAreas, total } = margins(overlap);
  let sumIoU = 0, covered = 0, pairs = 0, variation = 0;
  for (let c = 0; c < columns; c++) {
    let best = 0;
    for (let r = 0; r < rows; r++) {
      const n = pixels[r * columns + c];
      if (n === 0) continue;
      best = Math.max(best, n / (rowAreas[r] + columnAreas[c] - n));
      pairs += n * n;
      variation += n * (Math.log2(rowAreas[r] / n) + Math.log2(columnAreas[c] / n));
    }
    sumIoU += best;
    covered += best * columnAreas[c];
  }
  const squares = (areas: Float64Array) => areas.reduce((sum, area) => sum + area * area, 0);
  // Ordered pairs of different pixels; those of a pixel with itself cancel out of the difference.
  const disagreeing = squares(rowAreas) + squares(columnAreas) - 2 * pairs;
  return {
    meanIoU: sumIoU / columns,
    covering: covered / total,
    randIndex: total > 1 ? 1 - disagreeing / (total * (total - 1)) : 1,
    variation: variation / total,
  };
}

/** The mean of several scores, as over the annotators of an image. */
export function meanScores(all: readonly Scores[]): Scores {
  const mean = (pick: (scores: Scores) => number) => all.reduce((sum, one) => sum + pick(one), 0) / all.length;
  return {
    meanIoU: mean(one => one.meanIoU), covering: mean(one => one.covering),
    randIndex: mean(one => one.randIndex), variation: mean(one => one.variation),
  };
}
