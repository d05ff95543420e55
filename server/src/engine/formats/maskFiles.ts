import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ImageError } from '../image/imageError';
import type { ImageLimits } from '../image/imageHeader';
import { MaskDocument } from '../../../../mask/document/maskDocument';
import { openMask, fromBackup } from '../../../../mask/files/maskFiles';
import { sidecarName } from '../../../../mask/files/fileNames';
import { stateFromSegmentation, stateOverLocked, type Segmentation } from '../../../../mask/document/segmentation';

/** The mask of a run; labels that are locked in the mask that it replaces keep their pixels, names and colours. */
export async function documentOfRun(result: Segmentation, previousMask: string): Promise<MaskDocument> {
  const previous = await openPrevious(previousMask);
  const { width, height } = result.regions;
  const fits = previous?.width === width && previous.height === height;
  return new MaskDocument(fits ? stateOverLocked(previous, result) : stateFromSegmentation(result));
}

/**
 * The mask that an image has; nothing where there is none or none that can be read: what is to be replaced need not be
 * whole.
 */
export async function openPrevious(mask: string): Promise<MaskDocument | undefined> {
  try {
    const sidecar = await readFile(path.join(path.dirname(mask), sidecarName(path.basename(mask))), 'utf8');
    return openMask(await readFile(mask), sidecar).document;
  } catch {
    return undefined;
  }
}

/** A mask that came as a backup's text: see `toBackupText`. @throws Error when it is damaged, or above the limit */
export function openSent(mask: string, { megapixels }: ImageLimits): MaskDocument {
  return fromBackup(mask, megapixels * 1e6);
}

/** @throws ImageError when a mask is of another size than the image */
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
