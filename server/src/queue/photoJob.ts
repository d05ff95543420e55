import * as z from 'zod';
import { sha256 } from '../../../files/sha256';
import { outputFormats } from '../../../protocol/names';
import { settingsSchema } from '../../../protocol/settings';

/** The fewest and most photos of a job, and the usual number. */
export const batchSizes = { least: 20, most: 100, usual: 50 } as const;

/** The longest path that is taken. */
const longestPath = 4096;
const place = z.string().min(1).max(longestPath);

/** What a job asks for, besides its photos. */
export const photoSetSchema = z.strictObject({
  /** Of Labelless: another version would make other masks, and workers leave its jobs alone. */
  version: z.string().max(100),
  /** A folder, as an absolute path that all workers have, or `s3://bucket/prefix`; null: results beside the photos. */
  places: z.strictObject({ photos: place, results: place.nullable() }),
  /** What is made of each photo. */
  request: z.strictObject({
    settings: settingsSchema,
    formats: z.array(z.enum(outputFormats)).min(1).max(outputFormats.length),
    /** The number of regions to aim for; null: the granularity of the settings. */
    regions: z.int().min(1).max(65535).nullable(),
  }),
});
export type PhotoSet = z.infer<typeof photoSetSchema>;

/** A job of the queue: some photos of one place, for one request. */
export const photoJobSchema = z.strictObject({
  kind: z.literal('labelless photos'),
  set: photoSetSchema,
  /** Paths relative to the place, with `/` between their parts; places check them when they are opened. */
  photos: z.array(place).min(1).max(batchSizes.most),
});
export type PhotoJob = z.infer<typeof photoJobSchema>;

/** The id of a job, a digest of what it asks for: the same is never queued twice under a name. */
export function idOfJob(job: PhotoJob): string {
  return sha256(JSON.stringify(job));
}
