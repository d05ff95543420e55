import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { writing } from '../../../../../files/writeError';

/**
 * Makes a folder, and those that it lies in.
 * @returns the first of them that there was not
 * @throws WriteError
 */
export function makeFolder(folder: string): Promise<string | undefined> {
  return writing(folder, async () => {
    try {
      return await mkdir(folder, { recursive: true });
    } catch (error) {
      // Node reports ENOENT for whatever keeps it from making the first one that is missing.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') await mkdir(await firstMissing(folder));
      throw error;
    }
  });
}

async function firstMissing(folder: string): Promise<string> {
  const above = path.dirname(folder);
  if (above === folder) return folder;
  const isThere = await stat(above).then(
    () => true,
    () => false,
  );
  return isThere ? folder : firstMissing(above);
}
