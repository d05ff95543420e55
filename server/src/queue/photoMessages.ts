import * as z from 'zod';
import { photoJobSchema } from './photoJob';

/** Messages between a worker and the processes that segment its photos. */

const runSchema = z.strictObject({
  type: z.literal('run'),
  job: photoJobSchema,
  /** Threads of the CPU back ends where the job does not name their number. */
  threads: z.int().min(1).max(256),
  /** Where TensorFlow.js lies on this machine; '' for nowhere. */
  tensorflow: z.string(),
});

/** From the worker: segment the photos of a job, or end behind the photo that is under way. */
export const toPhotosSchema = z.discriminatedUnion('type', [runSchema, z.strictObject({ type: z.literal('stop') })]);
export type PhotoRun = z.infer<typeof runSchema>;
export type ToPhotos = z.infer<typeof toPhotosSchema>;

const reason = z.string().max(2000);

/**
 * What has become of a photo: `done`, whether now or before; `kept` as it is, since a person or another program wrote
 * its mask; or `failed`.
 */
const resultSchema = z.strictObject({
  type: z.literal('result'),
  photo: z.string(),
  outcome: z.enum(['done', 'kept', 'failed']),
  reason: reason.optional(),
});

/** To the worker. `trouble` is not about a photo, but about this machine: nothing else of the run can be done. */
export const fromPhotosSchema = z.discriminatedUnion('type', [
  resultSchema,
  z.strictObject({ type: z.literal('trouble'), reason }),
  z.strictObject({ type: z.literal('ended') }),
]);
export type PhotoResult = z.infer<typeof resultSchema>;
export type FromPhotos = z.infer<typeof fromPhotosSchema>;
