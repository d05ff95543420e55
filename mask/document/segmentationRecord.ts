import * as z from 'zod';
import { classInfoSchema } from '../classes/classInfo';
import { imageViewSchema, usualView, type ImageView } from './imageView';

const pixels = z.int().min(1).max(0x7fffffff);

/** The schema of `run` in a mask's sidecar. */
export const segmentationRecordSchema = z.object({
  method: z.string(),
  parameters: z.record(z.string(), z.number()),
  seed: z.number(),
  backend: z.string(),
  granularity: z.number(),
  iterations: z.number(),
  stopped: z.boolean(),
  model: z.string().exactOptional().describe('The adapted network that made it.'),
  classes: z.array(classInfoSchema).max(256).exactOptional().describe('Classes of that network, by index.'),
  uncertainty: z
    .number()
    .min(0)
    .max(1)
    .exactOptional()
    .describe('How unsure that network was: 1 less the mean probability of the classes of pixels.'),
  image: imageViewSchema.exactOptional().describe('Range, bands and page of the image file, where they were chosen.'),
  reduced: z.object({ width: pixels, height: pixels, reason: z.string() }).exactOptional(),
});

/**
 * The record of how a segmentation was made, with everything that is needed to repeat it. `parameters` are the method's
 * as used (for an adapted network, the steps of its training, and the sizes and switches of its prediction); `stopped`
 * is whether *Stop* ended training early; `reduced` is the size at which a network was trained where memory limits made
 * it smaller than the method's own, and the reason.
 */
export type SegmentationRecord = Readonly<z.infer<typeof segmentationRecordSchema>>;

/**
 * How the picture that was segmented is made of its file.
 * @param otherwise for a mask that no segmentation made
 */
export function viewOf<T>(run: SegmentationRecord | null, otherwise: T): ImageView | T {
  return run ? (run.image ?? usualView) : otherwise;
}
