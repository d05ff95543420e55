import path from 'node:path';
import { ReadError } from '../../../../files/regularFile';
import { readTogether } from '../../../../files/together';
import type { MaskDocument } from '../../../../mask/document/maskDocument';
import { isMadeByHand } from '../../../../mask/document/segmentation';
import type { LoadedImage } from '../image/loadImage';
import { reasonOf } from '../../../../mask/errors';
import { sidecarName } from '../../../../mask/files/fileNames';
import { isOfAnotherImage, openMask, type OpenedMask } from '../../../../mask/files/maskFiles';

/** The largest mask or sidecar in bytes that is read. */
const largestFile = 1e9;

/** The image that a mask should be of. */
type MaskedImage = Pick<LoadedImage, 'sha256' | 'picture'>;

/** A mask that a new one replaces, or whose names it takes. */
export interface PreviousMask {
  /** The mask, where it is one of this image and its names and locks are known. */
  readonly document?: MaskDocument;
  /** Why it is not that, a clause: its labels would be lost if it were replaced. */
  readonly unusable?: string;
}

/**
 * Reads the mask that an image has so far. A mask of another image that nobody has changed by hand is like none, and so
 * is an empty file, as a full disk leaves it.
 * @param mask absolute path
 */
export async function readPreviousMask(mask: string, image: MaskedImage): Promise<PreviousMask> {
  let files: (Buffer | undefined)[];
  try {
    files = await readTogether([mask, sidecarOf(mask)], largestFile);
  } catch (error) {
    if (error instanceof ReadError) return { unusable: `${path.basename(error.file)} cannot be read: ${error.reason}` };
    throw error;
  }
  const [png, sidecar] = files;
  if (!png && !sidecar?.length) return {};
  if (!png) return { unusable: 'its mask file is gone' };
  if (png.length === 0 && !sidecar?.length) return {};
  try {
    return judge(openMask(png, sidecar), image);
  } catch (error) {
    return { unusable: `it cannot be read: ${reasonOf(error)}` };
  }
}

function judge(opened: OpenedMask, { sha256, picture }: MaskedImage): PreviousMask {
  const { document, ignored, image } = opened;
  if (ignored !== undefined) return { unusable: `its sidecar cannot be used: ${ignored}` };
  if (!image) return { unusable: 'it has no sidecar file' };
  const isOther = isOfAnotherImage(opened, sha256);
  const fits = document.width === picture.width && document.height === picture.height;
  if (!isOther && fits) return { document };
  const isWork = isMadeByHand(document.state) || document.view().labels.some(({ locked }) => locked);
  if (!isWork) return {};
  return isOther
    ? { unusable: 'it was made of another picture, or of this one before it was changed' }
    : { unusable: `it has ${document.width}×${document.height} pixels` };
}

/** The path of a mask's sidecar. */
export function sidecarOf(mask: string): string {
  return path.join(path.dirname(mask), sidecarName(path.basename(mask)));
}
