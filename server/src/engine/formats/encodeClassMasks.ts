import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { readRegularFile } from '../../../../files/regularFile';
import { foldedName } from '../../../../mask/files/fileNames';
import { exifMark, isMarked } from './replaceable';
import type { EncodedFiles, ExportSource } from './exportSource';

/**
 * Encodes one grey PNG a class, 255 where the class is and 0 elsewhere, named by the class.
 * @param name of the folder for them
 */
export async function encodeClasses(source: ExportSource, name: string): Promise<EncodedFiles> {
  const { width, height, map, classified: labels } = source;
  const classes = source.classes().filter(({ values }) => values.length > 0);
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
    lost: [
      'colours',
      ...source.withoutClass,
      ...(labels.length > classes.length ? ['which of the labels of one name a pixel has'] : []),
    ],
  };
}

/** Deletes the files of classes that an earlier export of the mask wrote, and this one did not. */
export async function removeOldClasses(folder: string, kept: ReadonlySet<string>): Promise<void> {
  for (const entry of await readdir(folder)) {
    const file = path.join(folder, entry);
    if (!kept.has(entry) && entry.endsWith('.png') && (await isOwnClass(file))) await rm(file);
  }
}

/** Whether a file is one that was written for a class; what cannot be read is not. */
async function isOwnClass(file: string): Promise<boolean> {
  return readRegularFile(file, 1e9).then(
    bytes => isMarked(bytes, 'classMask'),
    () => false,
  );
}

/** The names that Windows keeps for devices, with whatever extension. */
const devices = /^(?:con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³]|conin\$|conout\$)(?=\.|$)/i;
/** The most bytes of a title in a file name, which with its ending has 255 at most. */
const mostBytes = 200;

/**
 * Makes a file name that every file system accepts, and no other class has. What cannot be in file names is written as
 * in URLs (`a:b` as `a%3Ab`), so that a class has the same file name with every image, and different classes have
 * different ones; only those that differ in case, in Unicode form, or behind the first 200 bytes are numbered.
 */
function freeName(title: string, taken: Set<string>): string {
  const plain = title
    .replace(/%(?=[\dA-F]{2})|[<>:"/\\|?*\p{Cc}\p{Surrogate}]|^\.|[. ]$/gu, escaped)
    .replace(devices, name => escaped(name[0]!) + name.slice(1));
  const short = shortened(plain) || 'class';
  for (let number = 1; ; number++) {
    const name = number === 1 ? short : `${short}-${number}`;
    const folded = foldedName(name);
    if (taken.has(folded)) continue;
    taken.add(folded);
    return name;
  }
}

/** Writes the code units of a character as percent signs with hexadecimal digits. */
function escaped(character: string): string {
  return character.replace(/[^]/g, unit => `%${unit.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}

/** Shortens a text to so many bytes of UTF-8, at a whole character. */
function shortened(text: string): string {
  let bytes = 0;
  let short = '';
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > mostBytes) break;
    short += character;
  }
  return short;
}
