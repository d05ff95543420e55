/**
 * How much of the doubt about carried labels is justified: of frames whose labels were carried with a confidence of
 * 0.7, 0.87 of the pixels were right, of those of 0.8, 0.92. Fitted on street scenes: see docs/series.md.
 */
const justifiedDoubt = 0.42;

/**
 * Estimates the share of the pixels of a picture whose labels are right.
 * @param before that share in the picture that they were carried from
 * @param confidence with which they were carried, see `Carry`
 */
export function rightShare(before: number, confidence: number): number {
  return before * (1 - justifiedDoubt * (1 - confidence));
}
