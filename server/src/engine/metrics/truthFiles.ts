import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { decodeMaskPng } from '../../../../mask/indexedPng';
import { readFailure } from '../image/error';
import type { LabelMap } from './imageScores';

/**
 * The truths in a folder by image: `ID.png`, or `ID.0.png, ID.1.png, …` by several annotators; names without the folder.
 * @throws Error when the folder cannot be listed
 */
export async function truthFiles(folder: string): Promise<Map<string, string[]>> {
  const names = (await readdir(folder)).filter(name => /\.png$/i.test(name)).toSorted();
  const stems = new Map(names.map(name => [name, path.parse(name).name]));
  const files = new Map<string, string[]>();
  for (const [name, stem] of stems) {
    const id = stem.replace(/(?<=.)\.\d+$/, '');
    files.set(id, [...files.get(id) ?? [], name]);
  }
  return files;
}

/** Reads a label map: a PNG of one value a pixel. @throws ImageError when it cannot be read, Error when it is damaged or none */
export async function readLabelMap(file: string): Promise<LabelMap> {
  return decodeMaskPng(await readFile(file).catch((error: unknown) => { throw readFailure(file, error); }));
}
