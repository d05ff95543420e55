import * as vscode from 'vscode';
import type { Segmentation } from '../../mask/document/segmentation';
import { decodeBytes, decodeHierarchy, decodeRegions } from '../../mask/files/codec';
import type {
  EncodedSegmentation,
  SegmentationSummary,
  SegmentParams,
  SegmentResult,
} from '../../protocol/segmentMessages';
import { nameOf } from '../common/maskLocations';
import { readResult } from '../server/readResult';

/** The options of a segmentation that override the settings. */
export type SegmentOptions = Pick<SegmentParams, 'method' | 'checkpoint' | 'sharedLabels' | 'view'>;

/** The options of a segmentation of an image in its editor. */
export interface EditorSegmentOptions extends SegmentOptions {
  /** Whether the scribbles of the document guide the segmentation. */
  readonly withScribbles?: boolean;
}

/**
 * The segmentation in the result of a request for one image.
 * @throws Error with the reason why there is none, `CancellationError` when cancelled
 */
export async function encodedSegmentation(
  { outcomes: [outcome], cancelled }: SegmentResult,
  image: vscode.Uri,
): Promise<EncodedSegmentation> {
  if (cancelled) throw new vscode.CancellationError();
  if (outcome && 'segmentation' in outcome) return readResult(outcome.segmentation);
  throw new Error(
    outcome && 'error' in outcome ? outcome.error : vscode.l10n.t('{0}: the server gave no result.', nameOf(image)),
  );
}

/** Decodes a segmentation from the server. @throws Error when it is damaged */
export function decodeSegmentation({
  regions: encoded,
  hierarchy,
  summary,
  regionClasses,
}: EncodedSegmentation): Segmentation & { run: SegmentationSummary } {
  const regions = decodeRegions(encoded, Number.POSITIVE_INFINITY);
  return {
    regions,
    hierarchy: decodeHierarchy(hierarchy),
    granularity: summary.granularity,
    run: summary,
    ...(regionClasses !== undefined && { regionClasses: decodeBytes(regionClasses, regions.count) }),
  };
}
