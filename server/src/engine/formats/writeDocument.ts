import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { writeAtomically } from '../../../../files/atomic';
import { withLock } from '../../../../files/lock';
import { writing } from '../../../../files/writeError';
import type { MaskDocument } from '../../../../mask/document/maskDocument';
import { outputNames, type OutputNames } from '../../../../mask/files/fileNames';
import type { MaskRequest } from '../../../../mask/files/sidecar';
import type { OutputFormat } from '../../../../protocol/names';
import type { LoadedImage } from '../image/loadImage';
import { removeOldClasses } from './encodeClassMasks';
import { encodeFormats } from './encodeFormats';
import { checkNotLinked, checkReplaceable } from './replaceable';
import { ExportSource, type EncodedFiles } from './exportSource';
import { classFormats, useClasses } from './useClasses';

export interface OutputOptions {
  /** The folder to write into, made where it is missing. */
  readonly folder: string;
  readonly formats: readonly OutputFormat[];
  /** Names of images of the same stem, for `outputNames`: see `siblingNames`. */
  readonly siblings: readonly string[];
  /** The meaning of the values of masks. Default: labels. */
  readonly values?: 'labels' | 'classes';
  /** Whether YOLO's folder gets a copy of the picture. */
  readonly withPictures?: boolean;
  /** How far polygons may be from the boundaries of labels, in pixels; by default 0. */
  readonly polygonTolerance?: number;
  /** What a batch writes the files for; it is kept in the sidecar. */
  readonly request?: MaskRequest;
  /** The name of the outputs in place of the image's file name. */
  readonly name?: string;
  /** Ends the waiting for another process that writes into the folder. */
  readonly signal?: AbortSignal;
  /** Checks right before files are replaced whether they may be: see `writeAtomically`. */
  readonly check?: () => Promise<void>;
}

/**
 * Paths of the written outputs (each `folder` joined with a name; a folder for formats of many files), and the number
 * of regions of the mask.
 */
export interface WrittenOutputs {
  readonly files: Partial<Record<OutputFormat | 'sidecar', string>>;
  readonly regions: number;
  /** What formats could not hold, and what must be known to use them: clauses that begin with the format's name. */
  readonly lost: readonly string[];
  /** The names that labels without one were given, where a format needs names. */
  readonly generated: readonly string[];
}

/** Returns whether many images share a folder and lists of classes in a format. */
const isShared = (format: OutputFormat): format is 'voc' | 'yolo' => format === 'voc' || format === 'yolo';

/**
 * Writes a mask of an image in the requested formats, either all files completely or none. Lists that images share are
 * read and written under a lock, so that simultaneous exports lose nothing.
 */
export async function writeDocument(
  image: LoadedImage,
  document: MaskDocument,
  options: OutputOptions,
): Promise<WrittenOutputs> {
  if (!options.formats.some(isShared)) return writeAll(image, document, options);
  await makeFolder(options.folder);
  const lock = path.join(path.resolve(options.folder), '.labelless-writing.lock');
  return withLock(lock, () => writeAll(image, document, options), { signal: options.signal });
}

async function writeAll(
  image: LoadedImage,
  document: MaskDocument,
  { folder, formats, siblings, name, values, withPictures = false, polygonTolerance, request, check }: OutputOptions,
): Promise<WrittenOutputs> {
  const names = outputNames(name ?? path.basename(image.file), siblings);
  const remarks = await useClasses(document, image.file, formats, values);
  const source = new ExportSource(image, document, polygonTolerance);
  const context = { folder: path.resolve(folder), names, withPictures, values, request };
  const encoded = await encodeFormats(source, document, formats, context);
  const contents = new Map(
    [...encoded.values()].flatMap(({ files }) =>
      [...files].map(([name, content]) => [path.join(folder, name), content] as const),
    ),
  );
  await prepare(encoded, folder, names);
  await writeFiles(contents, check);
  for (const file of [...encoded.values()].flatMap(({ stale = [] }) => stale))
    await rm(path.join(folder, file), { force: true });
  const classes = encoded.get('classes');
  if (classes)
    await removeOldClasses(
      path.join(folder, names.classes),
      new Set([...classes.files.keys()].map(file => path.basename(file))),
    );
  const written = formats.includes('mask') ? [...formats, 'sidecar' as const] : formats;
  return {
    files: Object.fromEntries(written.map(kind => [kind, path.join(folder, names[kind])])),
    regions: document.cut().count,
    lost: [
      ...remarks,
      ...[...encoded].flatMap(([format, { lost = [], notes = [] }]) => [
        ...(lost.length > 0 ? [`${format} does not hold ${lost.join(', nor ')}`] : []),
        ...notes.map(note => `${format} ${note}`),
      ]),
    ],
    generated: formats.some(format => classFormats.includes(format)) ? source.generatedNames : [],
  };
}

/** Makes the folder, after a check that only outputs will be replaced. */
async function prepare(
  encoded: ReadonlyMap<OutputFormat, EncodedFiles>,
  folder: string,
  names: OutputNames,
): Promise<void> {
  await makeFolder(folder);
  for (const [format, { files }] of encoded) {
    if (isShared(format)) {
      // Their lists have been checked; users are told to put links to their pictures there.
      for (const file of files.keys()) await checkNotLinked(path.join(folder, names[format]), path.join(folder, file));
      continue;
    }
    for (const file of files.keys())
      await checkReplaceable(file === names.sidecar ? 'sidecar' : format, path.join(folder, file));
  }
  if (encoded.has('classes')) await makeFolder(path.join(folder, names.classes)); // a mask may have none
}

/** Writes either all files or none, and makes their folders. @throws WriteError */
export async function writeFiles(
  contents: ReadonlyMap<string, Uint8Array | string>,
  check?: () => Promise<void>,
): Promise<void> {
  for (const at of new Set([...contents.keys()].map(file => path.dirname(file)))) await makeFolder(at);
  await writeAtomically(contents, { check });
}

async function makeFolder(at: string): Promise<void> {
  await writing(at, () => mkdir(at, { recursive: true }));
}

/**
 * Lists the names that determine how an image's outputs are named: of the files beside it, and of the images that are
 * written together with it.
 */
export async function siblingNames(image: string, together: readonly string[] = []): Promise<string[]> {
  const beside = await readdir(path.dirname(image)).catch(() => []);
  return [...beside, ...together.map(file => path.basename(file))];
}
