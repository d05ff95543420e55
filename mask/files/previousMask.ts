import type { MaskDocument } from '../document/maskDocument';
import { isMadeByHand } from '../document/segmentation';
import { reasonOf } from '../errors';
import { isOfAnotherImage, openMask } from './maskFiles';

/** The files of a mask as they were read; undefined for one that does not exist. */
export interface MaskBytes {
  readonly png: Uint8Array | undefined;
  readonly sidecar: Uint8Array | undefined;
}

/** The image that a mask should be of; its displayed size in pixels. */
export interface MaskedImage {
  readonly sha256: string;
  readonly width: number;
  readonly height: number;
}

/** A mask that a new one replaces, or whose names it takes. */
export interface PreviousMask {
  /** The mask, where it is one of this image and its names and locks are known. */
  readonly document?: MaskDocument;
  /** Why it is not that, a clause: its labels would be lost if it were replaced. */
  readonly unusable?: string;
}

/**
 * Judges the mask that an image has so far. A mask of another image that nobody has changed by hand is like none, and
 * so is an empty file, as a full disk leaves it.
 */
export function judgePrevious({ png, sidecar }: MaskBytes, image: MaskedImage): PreviousMask {
  if (!png?.length && !sidecar?.length) return {};
  if (!png) return { unusable: 'its mask file is gone' };
  let opened;
  try {
    opened = openMask(png, sidecar);
  } catch (error) {
    return { unusable: `it cannot be read: ${reasonOf(error)}` };
  }
  const { document, ignored } = opened;
  if (ignored !== undefined) return { unusable: `its sidecar cannot be used: ${ignored}` };
  if (!opened.image) return { unusable: 'it has no sidecar file' };
  const isOther = isOfAnotherImage(opened, image.sha256);
  if (!isOther && document.width === image.width && document.height === image.height) return { document };
  const isWork = isMadeByHand(document.state) || document.view().labels.some(({ locked }) => locked);
  if (!isWork) return {};
  return isOther
    ? { unusable: 'it was made of another picture, or of this one before it was changed' }
    : { unusable: `it has ${document.width}×${document.height} pixels` };
}
