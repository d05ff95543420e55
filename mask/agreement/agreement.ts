import { overlap } from './overlap';
import { scores, type Scores } from './scores';
import { connectedSegments, labelSegments } from './segments';

/** A label value a pixel, row-major. */
interface Labels {
  readonly width: number;
  readonly height: number;
  readonly labels: Uint16Array;
}

export interface Agreement extends Pick<Scores, 'meanIoU' | 'covering'> {
  /** Connected regions of the mask, and segments of the truth. */
  readonly regions: number;
  readonly segments: number;
}

/**
 * How far a mask, whose segments are its connected regions, agrees with a truth, whose segments are its labels: the
 * scores of `labelless evaluate` with one annotator. @throws RangeError where sizes differ
 */
export function agreementOf({ width, height, labels }: Labels, truth: Labels): Agreement {
  if (truth.width !== width || truth.height !== height)
    throw new RangeError(`The mask has ${width}×${height} pixels, the other ${truth.width}×${truth.height}.`);
  const [rows, columns] = [connectedSegments(labels, width, height), labelSegments(truth.labels)];
  const { meanIoU, covering } = scores(overlap(rows, columns));
  return { meanIoU, covering, regions: rows.count, segments: columns.count };
}
