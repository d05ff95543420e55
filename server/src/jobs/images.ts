import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { isImageName } from '../../../mask/files/fileNames';

/**
 * The image files that a path stands for: itself, or the images right in a folder, by name, without Labelless's own
 * outputs. A path that cannot be looked at stands for itself, and its reader says why it cannot be read.
 */
export async function imagesAt(place: string): Promise<{ files: string[]; isFolder: boolean }> {
  const isFolder = await stat(place).then(
    stats => stats.isDirectory(),
    () => false,
  );
  if (!isFolder) return { files: [place], isFolder };
  const entries = await readdir(place, { withFileTypes: true });
  const files = entries
    .filter(entry => !entry.isDirectory() && isImageName(entry.name))
    .map(entry => path.join(place, entry.name));
  return { files: files.sort(), isFolder };
}
