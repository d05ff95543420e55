import path from 'node:path';
import { ReadError } from '../../../../files/regularFile';
import { readTogether } from '../../../../files/together';
import { sidecarName } from '../../../../mask/files/fileNames';
import { judgePrevious, type PreviousMask } from '../../../../mask/files/previousMask';
import type { LoadedImage } from '../image/loadImage';

/** The largest mask or sidecar in bytes that is read. */
const largestFile = 1e9;

/** Reads and judges the mask that an image has so far. */
export async function readPrevious(
  mask: string,
  { sha256, picture: { width, height } }: Pick<LoadedImage, 'sha256' | 'picture'>,
): Promise<PreviousMask> {
  try {
    const [png, sidecar] = await readTogether([mask, sidecarOf(mask)], largestFile);
    return judgePrevious({ png, sidecar }, { sha256, width, height });
  } catch (error) {
    if (error instanceof ReadError && error.code === 'ENOTDIR') return {}; // its folder cannot be made either
    if (error instanceof ReadError) return { unusable: `${path.basename(error.file)} cannot be read: ${error.reason}` };
    throw error;
  }
}

/** The path of a mask's sidecar. */
export function sidecarOf(mask: string): string {
  return path.join(path.dirname(mask), sidecarName(path.basename(mask)));
}
