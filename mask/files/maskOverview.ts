import * as z from 'zod';
import { classIdSchema, maxClassId } from '../classes/classListSchema';
import type { MaskDocument } from '../document/maskDocument';
import { uncertaintyOf } from '../document/uncertainty';

/** The schema of `overview` in a mask's sidecar. */
export const overviewSchema = z
  .object({
    labels: z.int().min(0).describe('The number of labels in the mask.'),
    classes: z
      .array(classIdSchema)
      .max(maxClassId + 1)
      .describe('The ids of the classes of its labels, ascending.'),
    uncertainty: z
      .number()
      .min(0)
      .max(1)
      .nullable()
      .describe('How much the mask depends on its granularity; null where that cannot be measured.'),
    scribbles: z.int().min(1).exactOptional().describe('The number of strokes that were drawn on the image, if any.'),
  })
  .describe('What a list of images shows of the mask, near the beginning, so that it need not read the rest.');

/** What a list of images shows of a mask. */
export type MaskOverview = z.infer<typeof overviewSchema>;

/** The ids of the classes of labels, each once, ascending. */
export function classesOf(labels: readonly { readonly class?: number | undefined }[]): number[] {
  const ids = labels.flatMap(label => label.class ?? []);
  return [...new Set(ids)].sort((a, b) => a - b);
}

/** Sums up a mask for its sidecar. */
export function overviewOf(document: MaskDocument): MaskOverview {
  const uncertainty = uncertaintyOf(document);
  const { labels } = document.view();
  const { scribbles = [] } = document.state;
  return {
    labels: labels.length,
    classes: classesOf(labels),
    uncertainty: uncertainty === null ? null : Math.round(uncertainty * 1e4) / 1e4,
    ...(scribbles.length > 0 && { scribbles: scribbles.length }),
  };
}
