import { createHash } from 'node:crypto';
import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { OutputFormat } from '../../../../protocol/settings';
import { version } from '../../../../package.json';
import type { MaskDocument } from '../../../../mask/document';
import { encodeMask } from '../../../../mask/files';
import { outputNames } from '../../../../mask/naming';
import { withScribbleImage, type ScribbleImage } from '../clustering/scribbleImage';
import { runResult, type SegmentedImage } from '../segmentFile';
import { WriteError, writeTogether } from '../../../../files/atomic';
import { documentOfRun } from './locked';
import { encodeNpy } from './npy';
import { encodeOverlay } from './overlay';
import { checkReplaceable } from './replace';

export interface OutputOptions {
  /** Where to write; made when it is not there. */
  readonly folder: string;
  readonly formats: readonly OutputFormat[];
  /** Names that `outputNames` looks at for images of the same stem: see `siblingNames`. */
  readonly siblings: readonly string[];
  /** What the image was segmented by, where it was. */
  readonly scribbles?: ScribbleImage | undefined;
}

/** Paths of what was written (each `folder` joined with a name), and how many regions the mask has. */
export interface WrittenOutputs {
  readonly files: Partial<Record<OutputFormat | 'sidecar', string>>;
  readonly regions: number;
}

/** The files that one output consists of. */
type Encoded = Partial<Record<OutputFormat | 'sidecar', Uint8Array | string>>;

/**
 * Writes what was asked for of a segmented image. All files are written whole, or none: see `writeTogether`.
 * @throws Error that names the file that could not be written, or that is no output of Labelless and is left alone
 */
export async function writeOutputs(result: SegmentedImage, { folder, formats, siblings, scribbles }: OutputOptions): Promise<WrittenOutputs> {
  const names = outputNames(path.basename(result.image.file), siblings);
  const found = await documentOfRun(runResult(result), path.join(folder, names.mask));
  const document = scribbles ? withScribbleImage(found, scribbles, result.segmentation.scribbleClasses) : found;
  const encoded = await encode(result, document, formats);
  const kinds = Object.keys(encoded) as (keyof Encoded)[];
  await mkdir(folder, { recursive: true }).catch((error: unknown) => { throw writeFailure(folder, error); });
  for (const kind of kinds) await checkReplaceable(kind, path.join(folder, names[kind]));
  const contents = kinds.map(kind => [path.join(folder, names[kind]), encoded[kind]!] as const);
  await writeTogether(new Map(contents)).catch((error: unknown) => { throw error instanceof WriteError ? writeFailure(error.file, error.cause) : error; });
  const files = Object.fromEntries(kinds.map(kind => [kind, path.join(folder, names[kind])]));
  return { files, regions: document.cut().count };
}

async function encode({ image }: SegmentedImage, document: MaskDocument, formats: readonly OutputFormat[]): Promise<Encoded> {
  const encoded: Encoded = {};
  const { labels } = document.view();
  const map = document.labelMap();
  if (formats.includes('mask')) {
    const { png, sidecar } = encodeMask(document, { image: { name: path.basename(image.file), sha256: image.sha256 }, version, sha256 });
    Object.assign(encoded, { mask: png, sidecar });
  }
  if (formats.includes('overlay')) {
    encoded.overlay = await encodeOverlay(image.picture, map, new Map(labels.map(({ value, colour }) => [value, colour])));
  }
  if (formats.includes('npy')) encoded.npy = encodeNpy(map, image.picture.width, image.picture.height);
  return encoded;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

const systemReasons: Readonly<Record<string, string>> = {
  ENOENT: 'its folder cannot be made', ENOSPC: 'no space is left on the disk', EDQUOT: 'the disk quota is used up', EROFS: 'the disk is read-only',
  EACCES: 'no permission to write there', EPERM: 'no permission to write there',
  EEXIST: 'a file of that name is in the way', ENOTDIR: 'a part of its path is not a folder', EISDIR: 'a folder of that name is in the way',
};

function writeFailure(file: string, error: unknown): Error {
  const { code, message } = error as NodeJS.ErrnoException;
  return new Error(`cannot write ${file}: ${(code !== undefined && systemReasons[code]) || message}`, { cause: error });
}

/** Names that decide how an image's outputs are called: of the files beside it, and of the images that are written together with it. */
export async function siblingNames(image: string, together: readonly string[] = []): Promise<string[]> {
  const beside = await readdir(path.dirname(image)).catch(() => []);
  return [...beside, ...together.map(file => path.basename(file))];
}
