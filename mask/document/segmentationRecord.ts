import * as z from 'zod';
import { classInfoSchema } from '../classes';

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
  reduced: z.object({ width: pixels, height: pixels, reason: z.string() }).exactOptional(),
});

/**
 * How a segmentation was made: everything that is needed to make it again. `parameters` are the method's as used (for
 * an adapted network the steps that it was trained), `stopped` tells whether *Stop* ended training early, and `reduced`
 * is the size that a network was trained at, and why, where memory limits made it less than the method's own.
 */
export type SegmentationRecord = Readonly<z.infer<typeof segmentationRecordSchema>>;
