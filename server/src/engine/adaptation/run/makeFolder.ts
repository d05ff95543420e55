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
    const first = await firstMissing(folder);
    // By itself, for the system's own error: making all at once, Node reports ENOENT whatever keeps it from making the
    // first one, and never ends where the system itself says ENOENT, as in /proc.
    const isMade = first !== undefined && (await makeOne(first));
    const rest = await mkdir(folder, { recursive: true });
    return isMade ? first : rest;
  });
}

/** Makes one folder. @returns whether there was none */
function makeOne(folder: string): Promise<boolean> {
  return mkdir(folder).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
      return false;
    },
  );
}

/** The first folder on a path that there is not; undefined where all are there. */
async function firstMissing(folder: string): Promise<string | undefined> {
  if (await isThere(folder)) return undefined;
  const above = path.dirname(folder);
  return above === folder ? folder : ((await firstMissing(above)) ?? folder);
}

const isThere = (at: string) =>
  stat(at).then(
    () => true,
    () => false,
  );
