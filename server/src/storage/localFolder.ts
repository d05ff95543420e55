import { lstat, mkdir, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { hasOwnerEnded, ownName, ownNamePattern } from '../../../files/owner';
import { writing } from '../../../files/writeError';

/** Temporary folders for copies of objects. Their names say whose they are, so that none stays after its process. */

const pattern = new RegExp(`^labelless-copy-(${ownNamePattern})$`);

/**
 * Makes an empty folder that only this user can read.
 * @param parent by default the system's folder for temporary files
 * @returns its absolute path
 * @throws WriteError
 */
export async function makeLocalFolder(parent = os.tmpdir()): Promise<string> {
  const folder = path.join(path.resolve(parent), `labelless-copy-${ownName()}`);
  await writing(folder, () => mkdir(folder, { mode: 0o700 }));
  return folder;
}

/** Deletes such a folder with all that is in it. It never fails. */
export async function removeLocalFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
}

/** Deletes the folders of processes that have ended. It never fails. */
export async function removeAbandonedFolders(parent = os.tmpdir()): Promise<void> {
  const names = await readdir(parent).catch(() => []);
  for (const name of names) {
    const [, owner] = pattern.exec(name) ?? [];
    const folder = path.join(parent, name);
    const found = owner === undefined ? undefined : await lstat(folder).catch(() => undefined);
    if (owner !== undefined && found?.isDirectory() && (await hasOwnerEnded(owner, found.mtimeMs)))
      await removeLocalFolder(folder);
  }
}
