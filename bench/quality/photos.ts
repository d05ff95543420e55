import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { isImageName } from '../../mask/files/fileNames';
import { defaultSettings } from '../../protocol/settings';
import type { Picture } from '../../server/src/engine/image/picture';
import { prepareTruth, type Truth } from '../../server/src/engine/metrics/imageScores';
import { readTruthLabels, listTruthFiles } from '../../server/src/engine/dataset/evaluationFiles';
import { loadImage } from '../../server/src/engine/image/loadImage';

/** A photo with the segmentations that people drew of it. */
export interface Photo {
  readonly id: string;
  readonly file: string;
  readonly picture: Picture;
  readonly truths: readonly Truth[];
}

/** Where a photo and its truths are. */
export interface PhotoFiles {
  readonly id: string;
  readonly file: string;
  readonly truths: readonly string[];
}

/**
 * The first `limit` photos of a folder with `images/ID.jpg` and `truth/ID.png` or `truth/ID.0.png, …`, in order of
 * their names.
 */
export async function listPhotos(folder: string, limit: number): Promise<PhotoFiles[]> {
  const images = (await readdir(path.join(folder, 'images'))).filter(isImageName).toSorted().slice(0, limit);
  const ids = new Set(images.map(name => path.parse(name).name));
  const truths = await listTruthFiles(path.join(folder, 'truth'), id => ids.has(id));
  return images.map(name => {
    const id = path.parse(name).name;
    const files = truths.get(id);
    if (!files) throw new Error(`${path.join(folder, 'truth')} has no truth for ${name}`);
    return { id, file: path.join(folder, 'images', name), truths: files.map(file => path.join(folder, 'truth', file)) };
  });
}

export async function readPhoto({ id, file, truths }: PhotoFiles): Promise<Photo> {
  const maps = await Promise.all(truths.map(readTruthLabels));
  return { id, file, picture: (await loadImage(file, defaultSettings.limits)).picture, truths: maps.map(prepareTruth) };
}
