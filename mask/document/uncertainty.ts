import { overlap, scores } from '../agreement/agreement';
import type { MaskDocument } from './maskDocument';
import { labelsOf } from './maskState';

/** The granularities at which the mask is compared with itself. */
const granularities = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/**
 * The uncertainty of a mask, in [0, 1): how much the mask depends on its granularity. It is 1 less the mean covering of
 * the mask's labels by those that it would have at granularities 0.1 to 0.9: 0 where the slider changes nothing within
 * these, near 1 where each step gives another mask. Regions made by hand do not follow the slider and count as certain.
 * The value correlates with the error of the default method: see docs/method1.md. It takes a millisecond once the
 * mask's areas are known. For the mask of a trained network, whose levels are an order and no measure, it is what the
 * network was unsure of.
 * @returns null where it cannot be measured: without a hierarchy, where no label follows the slider, and for a trained
 * network's mask of an earlier version
 */
export function uncertaintyOf(document: MaskDocument): number | null {
  const { state } = document;
  const { hierarchy, run, pins } = state;
  if (!hierarchy) return null;
  const areas = document.areas();
  const follows = (region: number) => region < hierarchy.count && !pins.has(region);
  if (!areas.some((area, region) => area > 0 && follows(region))) return null;
  if (run?.classes) return run.uncertainty ?? null;
  const order = Uint32Array.from(areas.keys()); // values' order does not matter here
  const segmentsAt = (granularity: number) => {
    const { labelOf, representative } = labelsOf({ ...state, granularity }, order);
    return { segmentOf: labelOf, count: representative.length + 1 };
  };
  const own = segmentsAt(state.granularity);
  const covering = granularities.map(granularity => scores(overlap(segmentsAt(granularity), own, areas)).covering);
  return Math.max(0, 1 - covering.reduce((sum, one) => sum + one, 0) / covering.length);
}
