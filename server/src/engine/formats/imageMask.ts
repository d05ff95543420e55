import type { MaskDocument } from '../../../../mask/document/maskDocument';
import { ImageError } from '../image/imageError';

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
