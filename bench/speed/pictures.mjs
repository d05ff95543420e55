// The pictures that the measurements run on: a user's photos (--data DIR), else made from the project's own sample.
import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';

/** Paths of five pictures for the batch, at BSDS's size where they are made. */
export async function smallPictures(sample, data, folder) {
  if (data) return photos(data).slice(0, 5);
  mkdirSync(folder, { recursive: true });
  const turns = [{ flip: false }, { flip: true }, { tint: '#ffd0a0' }, { flip: true, tint: '#a0d0ff' }, { blur: 1.5 }];
  return Promise.all(
    turns.map(async ({ flip = false, tint, blur }, index) => {
      const file = path.join(folder, `picture-${index}.png`);
      let picture = sharp(sample).resize(481, 321, { fit: 'fill' }).flop(flip);
      if (tint) picture = picture.tint(tint);
      if (blur) picture = picture.blur(blur);
      await picture.png().toFile(file);
      return file;
    }),
  );
}

/** A picture of 24 megapixels, as cameras take. */
export async function largePicture(source, folder) {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'large.jpg');
  await sharp(source).resize(6000, 4000, { fit: 'fill', kernel: 'cubic' }).jpeg({ quality: 92 }).toFile(file);
  return file;
}

function photos(folder) {
  const found = readdirSync(folder, { recursive: true })
    .filter(name => /\.jpe?g$/i.test(name))
    .sort()
    .map(name => path.join(folder, name));
  if (found.length < 5) throw new Error(`${folder} holds ${found.length} photos (.jpg), and five are needed.`);
  return found;
}
