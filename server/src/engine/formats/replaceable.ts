import sharp from 'sharp';
import { access, lstat, realpath } from 'node:fs/promises';
import path from 'node:path';
import { ReadError, readRegularFile } from '../../../../files/regularFile';
import { isOwnMask } from '../../../../mask/files/indexedPng';
import { sidecarName, type OutputNames } from '../../../../mask/files/fileNames';
import { isWholePng } from '../../../../mask/files/pngChunks';
import { readSidecar } from '../../../../mask/files/sidecar';
import { isOwnCoco } from './encodeCoco';
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

/** The largest file that is compared with an output, in bytes. */
const largestOutput = 1e9;

const isOwnJson = (bytes: Buffer) => bytes.includes('"labelless"');

/**
 * Returns, by kind, whether a file's content is an output of Labelless. Folders for many images have a list that is
 * checked instead: see `readClassList`.
 */
const isOwn: Readonly<
  Record<Exclude<keyof OutputNames, 'stem' | 'voc' | 'yolo'> | 'figure', (bytes: Buffer) => boolean | Promise<boolean>>
> = {
  mask: isOwnMask,
  classes: bytes => isMarked(bytes, 'classMask'),
  coco: isOwnCoco,
  labelme: isOwnLabelme,
  sidecar: isOwnJson,
  overlay: bytes => isMarked(bytes, 'overlay'),
  figure: bytes => isMarked(bytes, 'figure'),
  npy: bytes => bytes.toString('latin1', 1, 6) === 'NUMPY',
};

/**
 * Checks that writing an output replaces only an earlier output, and not a picture that happens to have its name. An
 * empty file, as a full disk leaves it, may be replaced, and so may a mask that was cut off, whose sidecar tells
 * what it was.
 * @throws Error that says what is in the way
 */
export async function checkReplaceable(kind: keyof typeof isOwn, file: string): Promise<void> {
  let bytes;
  try {
    bytes = await readRegularFile(file, largestOutput);
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    if (error.code === 'ENOENT') return;
    throw new Error(`cannot write ${file}: what is there cannot be read (${error.reason})`, { cause: error });
  }
  if (bytes.length === 0 || (await isOwn[kind](bytes))) return;
  if (kind === 'mask' && !isWholePng(bytes) && (await hasSidecar(file))) return;
  throw new Error(`${file} exists and was not written by Labelless; rename it, or write into another folder`);
}

async function hasSidecar(mask: string): Promise<boolean> {
  const file = path.join(path.dirname(mask), sidecarName(path.basename(mask)));
  const text = await readRegularFile(file, largestOutput).catch(() => new Uint8Array());
  return 'sidecar' in readSidecar(text);
}

/**
 * Checks that a copy of a picture in a data set does not replace a picture that somebody else put there: one that has
 * no labels of an earlier export, and another content.
 * @throws Error that says what is in the way
 */
export async function checkPictureReplaceable(file: string, bytes: Uint8Array, labels: string): Promise<void> {
  const isExported = await access(labels).then(
    () => true,
    () => false,
  );
  if (isExported) return;
  const present = await readRegularFile(file, largestOutput).catch((error: unknown) => {
    if (error instanceof ReadError && error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (present && !present.equals(bytes))
    throw new Error(`${file} is another picture, without labels of an export; rename it, or write into another folder`);
}

/**
 * Checks that writing a file of a data set does not follow a link out of the data set's folder, where it would replace
 * what the link leads to, such as a photo.
 * @param top the data set's folder, which may be a link itself
 * @throws Error that says what is in the way
 */
export async function checkNotLinked(top: string, file: string): Promise<void> {
  const inside = await realpath(top).catch(() => undefined);
  if (inside === undefined) return; // it is still to be made
  const isLink = await lstat(file).then(
    found => found.isSymbolicLink(),
    () => false,
  );
  const folder = await realpath(path.dirname(file)).catch(() => undefined);
  const expected = path.join(inside, path.relative(top, path.dirname(file)));
  if (!isLink && (folder === undefined || folder === expected)) return;
  throw new Error(
    `${isLink ? file : path.dirname(file)} is a link, and what it leads to would be replaced; ` +
      'remove the link, or write into another folder',
  );
}
