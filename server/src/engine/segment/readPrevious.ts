import path from 'node:path';
import { ReadError } from '../../../../files/regularFile';
import { readTogether } from '../../../../files/together';
import { unchangedCheck } from '../../../../files/unchanged';
import { sidecarName } from '../../../../mask/files/fileNames';
import { judgePrevious, type PreviousMask } from '../../../../mask/files/previousMask';
import type { LoadedImage } from '../image/loadImage';

/** The largest mask or sidecar in bytes that is read. */
const largestFile = 1e9;

/**
 * Reads and judges the mask that an image has so far.
 * @returns also a check that its files are still those, for `writeAtomically`
 */
export async function readPrevious(
  mask: string,
  { sha256, picture: { width, height } }: Pick<LoadedImage, 'sha256' | 'picture'>,
): Promise<PreviousMask & { readonly check?: () => Promise<void> }> {
  try {
    const [png, sidecar] = await readTogether([mask, sidecarOf(mask)], largestFile);
    const files = new Map([
      [mask, png],
      [sidecarOf(mask), sidecar],
    ]);
    return {
      ...judgePrevious({ png, sidecar }, { sha256, width, height }),
      check: unchangedCheck(files, largestFile),
    };
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
