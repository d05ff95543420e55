import assert from 'node:assert/strict';
import type { EncodedSegmentation, SegmentOutcome } from '../../protocol/segmentMessages';

/** The segmentation of an outcome, which must be one that came inline. */
export function payload(outcome: SegmentOutcome): EncodedSegmentation {
  assert.ok('segmentation' in outcome, 'error' in outcome ? outcome.error : 'no segmentation');
  assert.ok(!('file' in outcome.segmentation));
  return outcome.segmentation;
}
