import type { MaskDocument } from '../../../../mask/document/maskDocument';
import { fromBackup } from '../../../../mask/files/maskFiles';
import { ImageError } from '../image/error';
import type { ImageLimits } from '../image/inspect';

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
