import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { decodeMaskPng } from '../../../../mask/files/indexedPng';
import { isOwnOutput } from '../../../../mask/files/fileNames';
import { filesBelow } from '../dataset/files';
import { readFailure } from '../image/error';
import type { LabelMap } from './imageScores';

/**
 * The truths below a folder by image: `ID.png`, or `ID.0.png, ID.1.png, …` by several annotators. An image in a folder
 * of its own has that in its ID; paths are relative to the folder.
 * @param isImage whether there is an image of a name, whose last number is then no annotator's
 * @param except a folder in it that is left out
 * @throws FolderError when the folder cannot be listed
 */
export async function truthFiles(
  folder: string,
  isImage: (id: string) => boolean,
  except?: string,
): Promise<Map<string, string[]>> {
  const files = new Map<string, string[]>();
  for (const name of await filesBelow(
    path.resolve(folder),
    file => /[^/]\.png$/i.test(file) && !isOwnOutput(file),
    except,
  )) {
    const stem = name.slice(0, -'.png'.length);
    const id = isImage(stem) ? stem : stem.replace(/(?<=[^/])\.\d+$/, '');
    files.set(id, [...(files.get(id) ?? []), name]);
  }
  return files;
}

/**
 * Reads a label map: a PNG of one value a pixel.
 * @throws ImageError when it cannot be read, Error when it is damaged or none
 */
export async function readLabelMap(file: string): Promise<LabelMap> {
  return decodeMaskPng(
    await readFile(file).catch((error: unknown) => {
      throw readFailure(file, error);
    }),
  );
}
