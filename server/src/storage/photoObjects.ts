import path from 'node:path';
import { isImageName, maskCandidates, namesWithMask, sidecarName, siblingsByStem } from '../../../mask/files/fileNames';

/** What belongs to a photo. All names are those of files beside it or, of its masks for classes, in a folder there. */
export interface PhotoObjects {
  /** The names that its mask may have. */
  readonly masks: readonly string[];
  /** Its results that are there. */
  readonly results: readonly string[];
  /** The names beside it by which its results get theirs: images of its stem, and what was kept of earlier masks. */
  readonly others: readonly string[];
}

/** What the names of all objects that belong to a photo begin with: `photo.` for `photo.jpg`. */
export function commonStart(photo: string): string {
  return photo.slice(0, photo.lastIndexOf('.') + 1);
}

/** Whether the name of an object among those with the photo's start is one that `photoObjects` takes. */
export function mayBelong(name: string, photo: string): boolean {
  return isSibling(name, photo) || maskCandidates(photo).some(mask => isResult(name, mask) || isKept(name, mask));
}

/**
 * Finds what belongs to a photo.
 * @param beside names in the folder of the photo
 * @param written names in the folder of its results
 */
export function photoObjects(photo: string, beside: readonly string[], written: readonly string[]): PhotoObjects {
  const images = siblingsByStem(beside.filter(name => isSibling(name, photo)))(photo);
  const [first, second] = maskCandidates(photo, images);
  const masks = first === `${photo}.mask.png` ? [first] : [first, second]; // the short name may be another photo's
  return {
    masks,
    results: written.filter(name => masks.some(mask => isResult(name, mask))),
    others: [
      ...images.filter(name => name !== photo),
      ...written.filter(name => masks.some(mask => isKept(name, mask))), //
    ],
  };
}

function isSibling(name: string, photo: string): boolean {
  return isPlain(name) && isImageName(name) && commonStart(name) === commonStart(photo);
}

function isResult(name: string, mask: string): boolean {
  const { sidecar, npy, overlay, coco, labelme, classes } = namesWithMask(mask);
  if (name.startsWith(`${classes}/`)) return isPlain(name.slice(classes.length + 1));
  return [mask, sidecar, npy, overlay, coco, labelme].includes(name);
}

function isKept(name: string, mask: string): boolean {
  return isPlain(name) && [mask, sidecarName(mask)].some(kept => name.startsWith(`${kept}.previous-`));
}

/** Whether a name that anybody may have given is that of a file in a folder, on this system. */
function isPlain(name: string): boolean {
  return name !== '' && name !== '.' && name !== '..' && path.basename(name) === name;
}
