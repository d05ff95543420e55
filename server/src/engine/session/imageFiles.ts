import path from 'node:path';
import { isImageName, maskCandidates, nameLookup, sidecarName, siblingsByStem } from '../../../../mask/files/fileNames';
import { namesIn } from '../common/namesIn';
import { rememberedByKey } from '../common/rememberedByKey';

/** The absolute paths of an image, of its mask as it is or would be called, and of the mask's sidecar. */
export interface ImageFiles {
  readonly image: string;
  readonly mask: string;
  readonly sidecar: string;
}

/**
 * Finds the files of a folder's images, given by their paths from the folder: an existing mask precedes the name that a
 * new one would get, since images of the same stem come and go. Each folder is listed once, when it is first needed.
 * @param maskFolder the folder of the mask of an image, given by its path from the folder
 */
export function imageFiles(folder: string, maskFolder: (relative: string) => string): (relative: string) => ImageFiles {
  const names = rememberedByKey(namesIn);
  const siblingsIn = rememberedByKey((at: string) => siblingsByStem(names(at).filter(isImageName)));
  const lookupIn = rememberedByKey((at: string) => nameLookup(names(at)));
  return relative => {
    const image = path.resolve(folder, relative);
    const beside = path.dirname(image);
    const at = path.resolve(maskFolder(relative));
    const name = path.basename(image);
    const [first, second] = maskCandidates(name, siblingsIn(beside)(name));
    const shared = first === `${name}.mask.png`; // then the short name is not this image's alone
    const present = lookupIn(at);
    const mask = present(first) ?? (shared ? undefined : present(second)) ?? first;
    return { image, mask: path.join(at, mask), sidecar: path.join(at, sidecarName(mask)) };
  };
}
