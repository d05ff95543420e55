import { readdir } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import type { Picture } from '../../server/src/engine/image/picture';

/** A photo with the segmentations that people drew of it, one label a pixel. */
export interface Photo { readonly id: string; readonly picture: Picture; readonly truths: readonly Uint16Array[] }

async function readTruth(file: string): Promise<Uint16Array> {
  const { data } = await sharp(file).toColourspace('b-w').raw({ depth: 'ushort' }).toBuffer({ resolveWithObject: true });
  return new Uint16Array(data.buffer, data.byteOffset, data.length / 2);
}

/** Reads the first `limit` photos of a folder with `images/ID.jpg` and `truth/ID.N.png`, in order of their names. */
export async function photos(folder: string, limit: number): Promise<Photo[]> {
  const images = (await readdir(path.join(folder, 'images'))).filter(name => name.endsWith('.jpg')).toSorted().slice(0, limit);
  const truths = (await readdir(path.join(folder, 'truth'))).toSorted();
  return Promise.all(images.map(async name => {
    const id = path.parse(name).name;
    const { data, info } = await sharp(path.join(folder, 'images', name)).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    const files = truths.filter(truth => truth.startsWith(`${id}.`));
    return {
      id, picture: { width: info.width, height: info.height, rgb: new Uint8Array(data) },
      truths: await Promise.all(files.map(file => readTruth(path.join(folder, 'truth', file)))),
    };
  }));
}
