import sharp from 'sharp';
import { readFile } from 'node:fs/promises';
import { isOwnMask } from '../../../../mask/files/indexedPng';
import type { OutputNames } from '../../../../mask/files/fileNames';
import { isOwnLabelme } from './encodeLabelme';

/** The EXIF `Software` of the pictures that Labelless writes, so that it replaces no picture but its own. */
const software = {
  overlay: 'Labelless overlay',
  classMask: 'Labelless class',
  figure: 'Labelless figure',
} as const;

type MarkedImage = keyof typeof software;

/** Makes the EXIF tags, as sharp takes them, that mark a picture as written by Labelless. */
export function exifMark(kind: MarkedImage) {
  return { IFD0: { Software: software[kind] } };
}

/** Returns whether a file's content is a picture of the given kind that Labelless wrote. */
export async function isMarked(file: Uint8Array, kind: MarkedImage): Promise<boolean> {
  const { exif } = await sharp(file)
    .metadata()
    .catch(() => ({ exif: undefined }));
  return exif?.includes(software[kind]) ?? false;
}

const isOwnJson = (bytes: Buffer) => bytes.includes('"labelless"');

/**
 * Returns, by kind, whether a file's content is an output of Labelless. Folders for many images have a list that is
 * checked instead: see `extendClasses`.
 */
const isOwn: Readonly<
  Record<Exclude<keyof OutputNames, 'stem' | 'voc' | 'yolo'> | 'figure', (bytes: Buffer) => boolean | Promise<boolean>>
> = {
  mask: isOwnMask,
  classes: bytes => isMarked(bytes, 'classMask'),
  coco: isOwnJson,
  labelme: isOwnLabelme,
  sidecar: isOwnJson,
  overlay: bytes => isMarked(bytes, 'overlay'),
  figure: bytes => isMarked(bytes, 'figure'),
  npy: bytes => bytes.toString('latin1', 1, 6) === 'NUMPY',
};

/**
 * Checks that writing an output replaces only an earlier output, and not a picture that happens to have its name. An
 * empty file, as a full disk leaves it, may be replaced.
 * @throws Error that says what is in the way
 */
export async function checkReplaceable(kind: keyof typeof isOwn, file: string): Promise<void> {
  let bytes;
  try {
    bytes = await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw new Error(`cannot write ${file}: what is there cannot be read (${(error as Error).message})`, {
      cause: error,
    });
  }
  if (bytes.length === 0 || (await isOwn[kind](bytes))) return;
  throw new Error(`${file} exists and was not written by Labelless; rename it, or write into another folder`);
}
