import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { exifMark, isMarked } from './replaceable';
import type { EncodedFiles, ExportSource } from './exportSource';

/**
 * Encodes one grey PNG a class, 255 where the class is and 0 elsewhere, named by the class.
 * @param name of the folder for them
 */
export async function encodeClasses(source: ExportSource, name: string): Promise<EncodedFiles> {
  const { width, height, map, labels } = source;
  const classes = source.classes();
  const files = new Map<string, Uint8Array>();
  const taken = new Set<string>();
  const data = new Uint8Array(width * height);
  for (const { name: title, values } of classes) {
    const shade = new Uint8Array(65536);
    for (const value of values) shade[value] = 255;
    for (let p = 0; p < map.length; p++) data[p] = shade[map[p]!]!;
    const png = sharp(data, { raw: { width, height, channels: 1 } })
      .toColourspace('b-w')
      .withExif(exifMark('classMask'))
      .png();
    files.set(`${name}/${freeName(title, taken)}.png`, await png.toBuffer());
  }
  return {
    files,
    lost: ['colours', ...(labels.length > classes.length ? ['which of the labels of one name a pixel has'] : [])],
  };
}

/** Deletes the files of classes that an earlier export of the mask wrote, and this one did not. */
export async function removeOldClasses(folder: string, kept: ReadonlySet<string>): Promise<void> {
  for (const entry of await readdir(folder)) {
    const file = path.join(folder, entry);
    if (!kept.has(entry) && entry.endsWith('.png') && (await isMarked(await readFile(file), 'classMask')))
      await rm(file);
  }
}

/** Makes a file name that every file system accepts, and no other class has. */
function freeName(title: string, taken: Set<string>): string {
  const plain =
    title
      // eslint-disable-next-line no-control-regex -- Windows refuses these characters.
      .replace(/[<>:"/\\|?*\u0000-\u001f]/g, '_')
      .replace(/^\.+|[. ]+$/g, '')
      .slice(0, 80) || 'class';
  for (let number = 1; ; number++) {
    const name = number === 1 && !/^(con|prn|aux|nul|com\d|lpt\d)$/i.test(plain) ? plain : `${plain}-${number}`;
    if (taken.has(name.toLowerCase())) continue;
    taken.add(name.toLowerCase());
    return name;
  }
}
