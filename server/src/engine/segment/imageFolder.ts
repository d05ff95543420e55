import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { isImageName, isSkippedFolder, outputNames } from '../../../../mask/files/fileNames';
import type { OutputFormat } from '../../../../protocol/names';
import { withoutRunFiles } from '../experiment/trainingRunMark';
import { ImageError } from '../image/imageError';

/**
 * Lists the image files in a folder, relative to it and sorted, without Labelless's own outputs, the pictures of
 * training runs, and hidden folders. Links are followed; a file or folder that several names lead to is listed once, by
 * its own name where that is in the folder.
 * @param onUnreadable is told of a folder within it that cannot be listed, which is then left out
 * @throws Error of the operating system where the folder cannot be listed, or without `onUnreadable` one within it
 */
export async function imagesIn(
  folder: string,
  recursive = false,
  onUnreadable?: (relative: string, error: unknown) => void,
): Promise<string[]> {
  const found = new Map<string, string>();
  const links: string[] = [];
  const folders = new Set<string>();
  const linkedFolders: string[] = [];
  const walk = async (below: string): Promise<void> => {
    const here = path.join(folder, below);
    const real = await realPath(here);
    if (folders.has(real)) return;
    folders.add(real);
    const entries = await readdir(here, { withFileTypes: true }).catch((error: unknown) => {
      if (!onUnreadable || below === '') throw error;
      onUnreadable(below, error);
      return [];
    });
    for (const entry of await withoutRunFiles(here, entries)) {
      const relative = path.join(below, entry.name);
      if (await isFolder(here, entry)) {
        if (!recursive || isSkippedFolder(entry.name)) continue;
        if (entry.isSymbolicLink()) linkedFolders.push(relative);
        else await walk(relative);
      } else if (isImageName(entry.name)) {
        if (entry.isSymbolicLink()) links.push(relative);
        else found.set(path.join(real, entry.name), relative);
      }
    }
  };
  await walk('');
  for (let link = linkedFolders.shift(); link !== undefined; link = linkedFolders.shift()) await walk(link);
  for (const link of links.sort()) {
    const real = await realPath(path.join(folder, link));
    if (!found.has(real)) found.set(real, link);
  }
  return [...found.values()].sort((a, b) => (a < b ? -1 : 1));
}

/** The path of a file with all links followed; the path itself where it leads nowhere. */
export async function realPath(file: string): Promise<string> {
  return realpath(file).catch(() => path.resolve(file));
}

async function isFolder(folder: string, entry: Dirent): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  return stat(path.join(folder, entry.name)).then(
    found => found.isDirectory(),
    () => false,
  );
}

/** The most bytes, or on Windows characters, that a name can have. */
const longestName = 255;

/**
 * Checks, before an image is segmented, that the names of its outputs are not too long for a file system.
 * @param siblings names of images of the same stem
 * @throws ImageError
 */
export function checkOutputNames(
  image: string,
  formats: readonly OutputFormat[],
  siblings: readonly string[] = [],
): void {
  const names = outputNames(path.basename(image), siblings);
  for (const format of formats) {
    const length = process.platform === 'win32' ? names[format].length : Buffer.byteLength(names[format]);
    if (length > longestName)
      throw new ImageError(
        image,
        `its name is too long: the name of its ${format} would have ${length} ` +
          `bytes, and file systems allow ${longestName}; give the image a shorter name`,
      );
  }
}
