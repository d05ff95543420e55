import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { MaskDocument } from '../../../../mask/document/maskDocument';
import { openMask } from '../../../../mask/files/maskFiles';
import { ImageError } from '../image/imageError';
import { sidecarName } from '../../../../mask/files/fileNames';

/**
 * Opens the mask of an image, with its sidecar. Undefined where there is none, or none that can be read: a mask that is
 * about to be replaced may be damaged.
 */
export async function openMaskIfReadable(mask: string): Promise<MaskDocument | undefined> {
  try {
    const sidecar = await readFile(path.join(path.dirname(mask), sidecarName(path.basename(mask))), 'utf8');
    return openMask(await readFile(mask), sidecar).document;
  } catch {
    return undefined;
  }
}

/**
 * Checks that a mask has the size of its image.
 * @throws ImageError that names the image and both sizes
 */
export function checkMaskFits(
  file: string,
  { width, height }: { readonly width: number; readonly height: number },
  mask: MaskDocument,
): void {
  if (mask.width === width && mask.height === height) return;
  throw new ImageError(
    file,
    `it has ${width}×${height} pixels, its mask ${mask.width}×${mask.height}; segment it again`,
  );
}
