import { overlap, scores, type Scores } from '../../../../mask/agreement/agreement';
import { connectedSegments, labelSegments, type Segments } from '../../../../mask/agreement/segments';
import { boundariesOf, boundaryCounts, type Boundaries, type BoundaryCounts } from './boundary';

/** A map of label values, one a pixel, row-major. */
export interface LabelMap {
  readonly width: number;
  readonly height: number;
  readonly labels: Uint16Array;
}

/** An annotator's segmentation, prepared for comparison. */
export interface Truth {
  readonly width: number;
  readonly height: number;
  readonly segments: Segments;
  readonly boundaries: Boundaries;
}

/** The means of the scores over annotators, and further measures of a prediction. */
export interface ImageScores extends Scores {
  /**
   * `meanIoU` by the annotator with the most segments, and by the one with the fewest (Kim et al., TIP 2020, section
   * IV-B).
   */
  readonly meanIoUFine: number;
  readonly meanIoUCoarse: number;
  readonly boundary: BoundaryCounts;
  /** The number of segments of the prediction. */
  readonly segments: number;
}

export function prepareTruth({ width, height, labels }: LabelMap): Truth {
  const segments = labelSegments(labels);
  return { width, height, segments, boundaries: boundariesOf(segments, width, height) };
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * Scores a prediction, whose segments are its connected regions, against the segmentations of all annotators of the
 * picture.
 * @throws RangeError where sizes differ
 */
export function imageScores({ width, height, labels }: LabelMap, truths: readonly Truth[]): ImageScores {
  for (const truth of truths) {
    if (truth.width !== width || truth.height !== height) {
      throw new RangeError(`The prediction has ${width}×${height} pixels, the truth ${truth.width}×${truth.height}.`);
    }
  }
  const segments = connectedSegments(labels, width, height);
  const all = truths.map(truth => scores(overlap(segments, truth.segments)));
  const counts = truths.map(truth => truth.segments.count);
  const mostOrFewest = (count: number) => all[counts.indexOf(count)].meanIoU;
  return {
    ...meanScores(all),
    meanIoUFine: mostOrFewest(Math.max(...counts)),
    meanIoUCoarse: mostOrFewest(Math.min(...counts)),
    boundary: boundaryCounts(
      boundariesOf(segments, width, height),
      truths.map(truth => truth.boundaries),
    ),
    segments: segments.count,
  };
}

function meanScores(all: readonly Scores[]): Scores {
  return {
    meanIoU: mean(all.map(one => one.meanIoU)),
    covering: mean(all.map(one => one.covering)),
    randIndex: mean(all.map(one => one.randIndex)),
    variation: mean(all.map(one => one.variation)),
  };
}
