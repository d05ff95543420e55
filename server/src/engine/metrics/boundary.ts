import { matchPixels, type Tolerance } from './matching';
import type { Segments } from '../../../../mask/agreement/segments';
import { thin } from './thin';

/** Numbers of boundary pixels of one picture, or of several, and of those with a partner on the other side. */
export interface BoundaryCounts {
  readonly predicted: number;
  /** Predicted boundary pixels with a partner in the boundaries of at least one annotator. */
  readonly right: number;
  /** Boundary pixels that the annotators drew, summed over them. */
  readonly drawn: number;
  readonly found: number;
}

/** The greatest distance of partners, as a share of the picture's diagonal (BSDS benchmark). */
const toleranceShare = 0.0075;

/** The boundary pixels of a map with a margin, wide enough for every offset within the tolerance. */
export interface Boundaries {
  readonly pixels: Int32Array;
  readonly tolerance: Tolerance;
}

/**
 * Finds the boundaries of a segmentation, thinned to the width of a pixel. As in the BSDS benchmark a pixel is on a
 * boundary where it, its neighbours to the right and below, and the one between those are not all in one segment.
 */
export function boundariesOf({ segmentOf: segments }: Segments, width: number, height: number): Boundaries {
  const distance = toleranceShare * Math.hypot(width, height);
  const margin = Math.max(Math.floor(distance), 1);
  const stride = width + 2 * margin;
  const mask = new Uint8Array(stride * (height + 2 * margin));
  for (let y = 0; y < height; y++) {
    const down = y + 1 < height ? width : 0;
    for (let x = 0; x < width; x++) {
      const p = y * width + x;
      const right = x + 1 < width ? 1 : 0;
      const segment = segments[p];
      if (segment !== segments[p + right] || segment !== segments[p + down] || segment !== segments[p + down + right])
        mask[(y + margin) * stride + x + margin] = 1;
    }
  }
  return { pixels: thin(mask, stride), tolerance: { distance, stride, size: mask.length } };
}

/**
 * Counts the pairs of a prediction's boundaries with those of each annotator, as the BSDS benchmark does (Martin et
 * al., TPAMI 2004, section 3).
 */
export function boundaryCounts({ pixels, tolerance }: Boundaries, truths: readonly Boundaries[]): BoundaryCounts {
  const isRight = new Uint8Array(pixels.length);
  let drawn = 0,
    found = 0;
  for (const truth of truths) {
    const partners = matchPixels(pixels, truth.pixels, tolerance);
    drawn += truth.pixels.length;
    partners.forEach((partner, i) => {
      if (partner < 0) return;
      isRight[i] = 1;
      found++;
    });
  }
  return { predicted: pixels.length, right: isRight.reduce((sum, one) => sum + one, 0), drawn, found };
}

/** Sums the counts of several pictures. */
export function sumCounts(all: readonly BoundaryCounts[]): BoundaryCounts {
  const sum = (pick: (counts: BoundaryCounts) => number) => all.reduce((total, counts) => total + pick(counts), 0);
  return {
    predicted: sum(c => c.predicted),
    right: sum(c => c.right),
    drawn: sum(c => c.drawn),
    found: sum(c => c.found),
  };
}

/**
 * Computes precision, recall and their harmonic mean, each in [0, 1]. Precision is 1 without predicted pixels, recall
 * without drawn ones.
 */
export function boundaryMeasure({ predicted, right, drawn, found }: BoundaryCounts): {
  precision: number;
  recall: number;
  f: number;
} {
  const precision = predicted === 0 ? 1 : right / predicted;
  const recall = drawn === 0 ? 1 : found / drawn;
  return { precision, recall, f: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
}
