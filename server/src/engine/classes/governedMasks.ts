import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { isThere } from '../../../../files/keepAside';
import { readReason } from '../../../../files/regularFile';
import { classFileName } from '../../../../mask/classes/classFileName';
import { isMaskName, sidecarName } from '../../../../mask/files/fileNames';
import { imagesIn } from '../segment/imageFolder';
import { imageFiles } from '../session/imageFiles';
import { posixPath } from '../common/relativePath';

/** A mask and its sidecar, by their absolute paths; not both need exist. */
export interface MaskPair {
  readonly mask: string;
  readonly sidecar: string;
}

/** A mask, or a folder, that stands in the way of a change, and why: a clause. */
export interface Obstacle {
  /** Path from the folder of the class file, with `/` between its parts. */
  readonly path: string;
  readonly reason: string;
}

/**
 * Finds the masks whose classes are those of a folder's class file: of the images in the folder and below, but not in
 * folders with a class file of their own. Masks beside these images are included though their own images are gone.
 * @param maskFolder the folder of the mask of an image, given by its path from the folder
 * @returns the masks, sorted, each once, and the folders that cannot be listed
 */
export async function governedMasks(
  folder: string,
  maskFolder: (relative: string) => string,
): Promise<{ pairs: MaskPair[]; unlisted: Obstacle[] }> {
  const unlisted: Obstacle[] = [];
  const fail = (relative: string, error: unknown) => {
    unlisted.push({ path: posixPath(relative), reason: `it cannot be listed: ${readReason(error)}` });
  };
  const images = await imagesIn(folder, true, fail).catch((error: unknown) => {
    fail('.', error);
    return [];
  });
  const isGoverned = governance(folder);
  const governed: string[] = [];
  for (const image of images) if (await isGoverned(path.dirname(image))) governed.push(image);
  const found = new Map<string, MaskPair>();
  for (const { mask, sidecar } of governed.map(imageFiles(folder, maskFolder))) found.set(sidecar, { mask, sidecar });
  for (const below of new Set(['.', ...governed.map(image => path.dirname(image))])) {
    const at = path.resolve(folder, below);
    if (path.resolve(maskFolder(path.join(below, 'image.png'))) !== at) continue;
    for (const name of (await readdir(at).catch(() => [])).filter(isMaskName)) {
      const pair = { mask: path.join(at, name), sidecar: path.join(at, sidecarName(name)) };
      if (!found.has(pair.sidecar)) found.set(pair.sidecar, pair);
    }
  }
  return { pairs: [...found.values()].sort((a, b) => (a.sidecar < b.sidecar ? -1 : 1)), unlisted };
}

/** Makes a test of whether a folder below, by its relative path, has the folder's own class file. */
function governance(folder: string): (below: string) => Promise<boolean> {
  const known = new Map<string, Promise<boolean>>();
  const isGoverned = async (below: string): Promise<boolean> => {
    if (below === '.') return true;
    return !(await isThere(path.join(folder, below, classFileName))) && remembered(path.dirname(below));
  };
  const remembered = (below: string) => {
    const answer = known.get(below) ?? isGoverned(below);
    known.set(below, answer);
    return answer;
  };
  return remembered;
}
