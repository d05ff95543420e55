import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { reasonOf } from '../../../../../mask/errors';
import { isSkippedFolder } from '../../../../../mask/files/fileNames';
import { parseJson } from '../../../../../mask/files/json';
import { ImageError, readBytes, readFailure } from '../../image/imageError';
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
 * so that every machine has the same order. Hidden entries, folders that an operating system adds or that Labelless
 * exported, the pictures of training runs and the folder `except` (absolute) are left out. Links are followed, and a
 * folder that several of them lead to is listed once.
 * @throws FolderError
 */
export async function filesBelow(
  folder: string,
  accept: (name: string) => boolean,
  except?: string,
): Promise<string[]> {
  const found: string[] = [];
  const seen = new Set<string>();
  const linked: string[] = [];
  const walk = async (below: string): Promise<void> => {
    const here = path.join(folder, below);
    const real = await realpath(here).catch(() => here);
    if (seen.has(real)) return;
    seen.add(real);
    const entries = await readdir(here, { withFileTypes: true }).catch((error: unknown) => {
      throw folderFailure(here, error);
    });
    for (const entry of await withoutRunFiles(here, entries)) {
      if (entry.name.startsWith('.')) continue;
      const relative = below === '' ? entry.name : `${below}/${entry.name}`;
      if (!(await isFolder(here, entry))) {
        if (accept(entry.name)) found.push(relative);
      } else if (path.join(here, entry.name) !== except && !isSkippedFolder(entry.name)) {
        // A folder's own place comes before links to it, or images and labels could be listed by different names.
        if (entry.isDirectory()) await walk(relative);
        else linked.push(relative);
      }
    }
  };
  await walk('');
  for (let link = linked.shift(); link !== undefined; link = linked.shift()) await walk(link);
  return found.sort((a, b) => (a < b ? -1 : 1));
}

/** Lists the folders in a folder that may hold data, by name; none where it cannot be listed. */
export async function dataFoldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names: string[] = [];
  for (const entry of await withoutRunFiles(folder, entries))
    if (!isSkippedFolder(entry.name) && (await isFolder(folder, entry))) names.push(entry.name);
  return names.sort();
}

/** Whether an entry of a folder is a folder, or a link to one. */
async function isFolder(folder: string, entry: Dirent): Promise<boolean> {
  if (entry.isDirectory() || entry.isFile()) return entry.isDirectory();
  return stat(path.join(folder, entry.name)).then(
    found => found.isDirectory(),
    () => false,
  );
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
 * Reads a JSON file as people and other programs write it.
 * @param limit in millions of bytes
 * @throws ImageError that names what is wrong, and where in the file
 */
export async function readJson(file: string, limit: number): Promise<unknown> {
  const bytes = await readBytes(file, limit);
  try {
    return parseJson(bytes);
  } catch (error) {
    throw new ImageError(file, reasonOf(error));
  }
}
