import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type * as z from 'zod';
import type { PairedFiles } from './layout';
import { readFailure, ImageError } from '../../image/imageError';
import { isOwnFolder, isImageName } from '../../../../../mask/files/fileNames';
import { withoutRunFiles } from '../../experiment/trainingRunMark';

/** The error for a folder that cannot be listed; `missing` where there is none. */
export class FolderError extends Error {
  constructor(
    readonly folder: string,
    readonly missing: boolean,
    reason: string,
  ) {
    super(`${folder}: ${reason}`);
  }
}

/**
 * Lists the files below a folder whose name is accepted, relative to it with `/` between folders, sorted by code units
 * so that every machine has the same order. Hidden entries, folders that Labelless exported, the pictures of training
 * runs and the folder `except` (absolute) are left out; links to folders are not followed.
 * @throws FolderError
 */
export async function filesBelow(
  folder: string,
  accept: (name: string) => boolean,
  except?: string,
): Promise<string[]> {
  const found: string[] = [];
  const walk = async (below: string): Promise<void> => {
    const here = path.join(folder, below);
    const entries = await readdir(here, { withFileTypes: true }).catch((error: unknown) => {
      throw folderFailure(here, error);
    });
    for (const entry of await withoutRunFiles(here, entries)) {
      if (entry.name.startsWith('.')) continue;
      const relative = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) {
        if (path.join(here, entry.name) !== except && !isOwnFolder(entry.name)) await walk(relative);
      } else if (accept(entry.name)) found.push(relative);
    }
  };
  await walk('');
  return found.sort((a, b) => (a < b ? -1 : 1));
}

function folderFailure(folder: string, error: unknown): FolderError {
  const { code } = error as NodeJS.ErrnoException;
  const reason =
    code === 'ENOENT'
      ? 'there is no such folder'
      : code === 'ENOTDIR'
        ? 'it is no folder'
        : readFailure(folder, error).reason;
  return new FolderError(folder, code === 'ENOENT', reason);
}

/**
 * Derives the key by which images and labels are paired, such as the path without its extension; undefined for a file
 * that is neither.
 */
type Key = (relative: string) => string | undefined;

/** Derives the key of an image: its path without the extension. Files that Labelless wrote have none. */
export const imageKey: Key = name => (isImageName(name) ? name.replace(/\.[^./]*$/, '') : undefined);

/** Makes a key that accepts the files with a certain ending, and is their path without it. */
export function endingKey(ending: RegExp): Key {
  return name => (ending.test(name) ? name.replace(ending, '') : undefined);
}

/**
 * Pairs files of two folders by key. Either folder may lie in the other, which then leaves it out.
 * @throws FolderError
 */
export async function pairFiles(
  images: { folder: string; key: Key },
  labels: { folder: string; key: Key },
): Promise<PairedFiles> {
  const keyed = async ({ folder, key }: typeof images, except: string) =>
    (await filesBelow(folder, name => key(name) !== undefined, except)).map(
      relative => [key(relative)!, path.join(folder, relative)] as const,
    );
  const imageFiles = await keyed(images, labels.folder);
  const labelFiles = await keyed(labels, images.folder);
  const [byKey, imageKeys] = [new Map(labelFiles), new Set(imageFiles.map(([key]) => key))];
  return {
    pairs: imageFiles.flatMap(([key, image]) => (byKey.has(key) ? [{ image, label: { file: byKey.get(key)! } }] : [])),
    imagesWithoutLabels: imageFiles.flatMap(([key, image]) => (byKey.has(key) ? [] : [image])),
    labelsWithoutImage: labelFiles.flatMap(([key, label]) => (imageKeys.has(key) ? [] : [label])),
  };
}

/**
 * Reads a JSON file against a schema.
 * @param limit in millions of bytes
 * @throws ImageError that names what is wrong, and where in the file
 */
export async function readJson<T>(file: string, schema: z.ZodType<T>, limit: number): Promise<T> {
  let text;
  try {
    const { size } = await stat(file);
    if (size > limit * 1e6)
      throw new ImageError(file, `its ${(size / 1e6).toFixed(1)} MB are above the limit of ${limit} MB`);
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw error instanceof ImageError ? error : readFailure(file, error);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ImageError(file, `it is no JSON: ${(error as Error).message}`);
  }
  const { data, error } = schema.safeParse(value);
  if (error) {
    const { path: key, message } = error.issues[0]!;
    throw new ImageError(file, `${key.join('.')}: ${message}`);
  }
  return data;
}
