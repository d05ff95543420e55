import { existsSync } from 'node:fs';
import { mkdir, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { writeAtomically } from '../../../../files/atomic';
import { hashRegularFile, readRegularFile } from '../../../../files/regularFile';
import { parseJson } from '../../../../mask/files/json';
import type { MaskRequest } from '../../../../mask/files/sidecar';

/**
 * Why images could not be segmented, a small file an image in a hidden folder among the outputs: so many machines write
 * into one folder without a lock, and what is told does not depend on who was first. A file is deleted once its image
 * is done, and says nothing of an image, or of settings, that have changed since.
 */

const folderName = '.labelless.failed';
/** The largest of these files in bytes that is read, and the longest reason that is kept. */
const largestRecord = 1e5;
const longestReason = 2000;

const recordSchema = z.object({
  version: z.literal(1),
  /** The SHA-256 of the image; null where it could not be read. */
  image: z.string().nullable(),
  /** That of the request: see `MaskRequest`. */
  settings: z.string(),
  reason: z.string().max(longestReason),
});

/** An image, and the folder of its outputs. */
interface PlacedImage {
  readonly file: string;
  readonly output: string;
}

/** Keeps why an image failed. It never fails itself: on a full disk the reason is only told. */
export async function keepFailure(image: PlacedImage, { settings }: MaskRequest, reason: string): Promise<void> {
  const record: z.infer<typeof recordSchema> = {
    version: 1,
    image: await digestOf(image),
    settings,
    reason: reason.slice(0, longestReason),
  };
  const file = recordOf(image);
  try {
    if (existsSync(file) && !(await readRecord(file))) return; // it is not ours
    await mkdir(path.dirname(file), { recursive: true });
    await writeAtomically(new Map([[file, `${JSON.stringify(record, null, 1)}\n`]]));
  } catch {
    // told on standard error in any case
  }
}

/** Deletes what was kept of an image that is done now. */
export async function forgetFailure(image: PlacedImage): Promise<void> {
  const file = recordOf(image);
  if (!existsSync(file) || !(await readRecord(file))) return;
  await rm(file, { force: true }).catch(() => undefined);
  await rmdir(path.dirname(file)).catch(() => undefined); // there are others
}

/** Returns why an image failed the last time, if it is still that image and the same is wanted of it. */
export async function failureReason(image: PlacedImage, { settings }: MaskRequest): Promise<string | undefined> {
  const file = recordOf(image);
  if (!existsSync(file)) return undefined;
  const record = await readRecord(file);
  return record?.settings === settings && record.image === (await digestOf(image)) ? record.reason : undefined;
}

function recordOf({ file, output }: PlacedImage): string {
  return path.join(output, folderName, `${path.basename(file)}.json`);
}

async function readRecord(file: string): Promise<z.infer<typeof recordSchema> | undefined> {
  try {
    return recordSchema.safeParse(parseJson(await readRegularFile(file, largestRecord))).data;
  } catch {
    return undefined;
  }
}

async function digestOf({ file }: PlacedImage): Promise<string | null> {
  return hashRegularFile(file).catch(() => null);
}
