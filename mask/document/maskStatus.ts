/** How far the work on an image's mask is; `none` is an image without a mask. */
export const maskStatuses = ['none', 'proposed', 'edited', 'approved', 'skipped'] as const;
export type MaskStatus = (typeof maskStatuses)[number];

/**
 * The status that a mask keeps: `proposed` by a program, `edited` by a person, `approved` by a person as it is, or
 * `skipped`, which batches and exports of approved masks leave out. Every edit makes a mask `edited`, also an approved
 * or a skipped one, and undoing it gives back the status before. A new segmentation makes it `proposed`.
 *
 * An image that is skipped before it has a mask gets an empty one, so that each status lies in a sidecar and never
 * outlives its mask.
 */
export type SavedStatus = Exclude<MaskStatus, 'none'>;
