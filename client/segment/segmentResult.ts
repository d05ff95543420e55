import * as vscode from 'vscode';
import { decodeBytes, decodeHierarchy, decodeRegions } from '../../mask/files/codec';
import type { Segmentation } from '../../mask/document/segmentation';
import type { RunSummary, SegmentationPayload, SegmentParams, SegmentResult } from '../../protocol/server';
import { nameOf } from '../common/maskLocations';
import { readResult } from '../server/results';

/**
 * The segmentation that a request for one image was answered with.
 * @throws Error saying why there is none, `CancellationError` when cancelled
 */
export async function payloadOf(
  { outcomes: [outcome], cancelled }: SegmentResult,
  image: vscode.Uri,
): Promise<SegmentationPayload> {
  if (cancelled) throw new vscode.CancellationError();
  if (outcome && 'segmentation' in outcome) return readResult(outcome.segmentation);
  throw new Error(
    outcome && 'error' in outcome ? outcome.error : vscode.l10n.t('{0}: the server gave no result.', nameOf(image)),
  );
}

/** The same as masks are made of it. @throws Error when it is damaged */
export function resultOf({
  regions: encoded,
  hierarchy,
  summary,
  regionClasses,
}: SegmentationPayload): Segmentation & { run: RunSummary } {
  const regions = decodeRegions(encoded, Number.POSITIVE_INFINITY);
  return {
    regions,
    hierarchy: decodeHierarchy(hierarchy),
    granularity: summary.granularity,
    run: summary,
    ...(regionClasses !== undefined && { regionClasses: decodeBytes(regionClasses, regions.count) }),
  };
}

/** How to segment, in place of the settings. */
export type How = Pick<SegmentParams, 'method' | 'checkpoint' | 'together'>;

/** The same for an image in its editor, whose document may have scribbles. */
export interface EditorHow extends How {
  readonly withScribbles?: boolean;
}
