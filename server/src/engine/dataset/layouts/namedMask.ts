import path from 'node:path';
import { settleFolder } from '../../../../../files/leftovers';
import { readRegularFile, ReadError } from '../../../../../files/regularFile';
import { reasonOf } from '../../../../../mask/errors';
import type { MaskDocument } from '../../../../../mask/document/maskDocument';
import { isMaskName, sidecarName } from '../../../../../mask/files/fileNames';
import { decodeText, parseJson } from '../../../../../mask/files/json';
import { openMask } from '../../../../../mask/files/maskFiles';
import { ImageError, readBytes } from '../../image/imageError';
import type { ImageLimits } from '../../image/imageHeader';

/** A mask that Labelless wrote, whose labels mean what their names say: their values differ from image to image. */
export interface NamedMask {
  readonly width: number;
  readonly height: number;
  /** A value a pixel, 0 for the background. */
  readonly labels: Uint16Array;
  /** The names of labels, by value. */
  readonly names: ReadonlyMap<number, string>;
  /** The class ids of labels that have a class, by value. */
  readonly classes: ReadonlyMap<number, number>;
  /** Whether the values of labels without a name have a meaning: the mask was made of another program's label image. */
  readonly keepsValues: boolean;
}

/**
 * Reads a label image as a mask with names; undefined for one without a sidecar of Labelless, and for one whose labels
 * have values alone.
 * @throws ImageError for a mask that cannot be read, and for one with a sidecar that cannot be used
 */
export async function readNamedMask(file: string, limits: ImageLimits): Promise<NamedMask | undefined> {
  const document = await readMaskDocument(file, limits);
  if (!document) return undefined;
  const { state } = document;
  const shown = document.view().labels;
  const classes = new Map(shown.flatMap(({ value, class: id }) => (id === undefined ? [] : [[value, id] as const])));
  const names = new Map(
    shown.flatMap(({ value, name, representative }) =>
      document.isNamed(representative) ? [[value, name] as const] : [],
    ),
  );
  const keepsValues = state.run === null && state.hierarchy === null;
  if (keepsValues && names.size === 0 && classes.size === 0) return undefined;
  return { width: document.width, height: document.height, labels: document.labelMap(), names, classes, keepsValues };
}

/**
 * Reads a label image as a mask with its sidecar; undefined for one without a sidecar of Labelless.
 * @throws ImageError for a mask that cannot be read, and for one with a sidecar that cannot be used
 */
export async function readMaskDocument(file: string, limits: ImageLimits): Promise<MaskDocument | undefined> {
  await settleFolder(path.dirname(file));
  const sidecar = await readSidecarOf(file, limits);
  if (sidecar === undefined) return undefined;
  const png = await readBytes(file, limits.fileSize);
  const { document, ignored } = open(file, png, sidecar, limits);
  if (ignored !== undefined) throw unusable(file, ignored);
  return document;
}

/** Names the image that a label image's sidecar says it is of, without folders. */
export async function imageOfMask(file: string, limits: ImageLimits): Promise<string | undefined> {
  const text = await readSidecarOf(file, limits).catch(() => undefined);
  const { image } = text === undefined ? {} : (parseJson(text) as { image?: { name?: unknown } });
  return typeof image?.name === 'string' ? image.name : undefined;
}

function open(file: string, png: Uint8Array, sidecar: string, limits: ImageLimits) {
  try {
    return openMask(png, sidecar, limits.megapixels * 1e6);
  } catch (error) {
    throw new ImageError(file, reasonOf(error));
  }
}

/**
 * Reads the sidecar beside a label image; undefined where there is none. Beside a label image that is not called
 * `.mask.png`, a file of that name may be anything else.
 */
async function readSidecarOf(file: string, limits: ImageLimits): Promise<string | undefined> {
  const name = path.basename(file);
  const isMask = isMaskName(name);
  try {
    const bytes = await readRegularFile(path.join(path.dirname(file), sidecarName(name)), limits.fileSize * 1e6);
    return isMask || isSidecar(bytes) ? decodeText(bytes) : undefined;
  } catch (error) {
    if (!isMask || (error instanceof ReadError && error.code === 'ENOENT')) return undefined;
    throw unusable(file, error instanceof ReadError ? error.reason : reasonOf(error));
  }
}

/** Whether a file says in its first lines that Labelless wrote it. */
function isSidecar(bytes: Buffer): boolean {
  return /"program"\s*:\s*\{\s*"name"\s*:\s*"labelless"/.test(bytes.toString('latin1', 0, 1000));
}

function unusable(file: string, reason: string): ImageError {
  return new ImageError(
    file,
    `its names are unknown, as ${sidecarName(path.basename(file))} cannot be used: ${reason}; ` +
      'save the mask again in the editor, or delete that file to let values count',
  );
}
