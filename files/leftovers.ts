import { lstat, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { followJournal, hasJournal, temporaryPattern } from './journal';
import { withLock } from './lock';
import { hasOwnerEnded } from './owner';

/** Milliseconds to wait for another process that is replacing files of the same folder. */
const patience = 30_000;

const lockOf = (folder: string) => path.join(folder, '.labelless-journal.lock');

/** Runs an action while no other process replaces files of a folder together, or finishes that. */
export function withJournalLock<T>(
  folder: string,
  action: () => Promise<T>,
  signal?: AbortSignal,
  limit = patience,
): Promise<T> {
  return withLock(lockOf(folder), action, { patience: limit, signal });
}

/**
 * Waits until files of a folder that are being replaced together have been, and finishes it when the process that began
 * it has ended. The journals of the folders above are followed too, since they may name files of this one. In a folder
 * that cannot be written, or where a file is still in use, it does nothing.
 * @returns whether all is done
 */
export async function settleFolder(folder: string): Promise<boolean> {
  let isSettled = true;
  for (const at of foldersWith(folder)) {
    if (!(await hasJournal(at))) continue;
    const follow = () => followJournal(at);
    await withJournalLock(at, follow, undefined, 5000).catch(() => {
      isSettled = false;
    });
  }
  return isSettled;
}

/** Returns whether a folder, or one above it, has a journal. */
export async function isBeingReplaced(folder: string): Promise<boolean> {
  for (const at of foldersWith(folder)) if (await hasJournal(at)) return true;
  return false;
}

/** A folder and those above it, the farthest first. */
function foldersWith(folder: string): string[] {
  const at = path.resolve(folder);
  const above = path.dirname(at);
  return above === at ? [at] : [...foldersWith(above), at];
}

const tidied = new Set<string>();

/** Lets `tidyFolder` look into all folders once more. */
export function tidyAgain(): void {
  tidied.clear();
}

/**
 * Deletes the temporary files and the lock that processes which have ended left in a folder, once in the life of this
 * process or since `tidyAgain`. It never fails: what cannot be deleted stays.
 */
export async function tidyFolder(folder: string): Promise<void> {
  const at = path.resolve(folder);
  if (tidied.has(at)) return;
  tidied.add(at);
  if (!(await settleFolder(at)) || (await isBeingReplaced(at))) return;
  const names: string[] = await readdir(at).catch(() => []);
  // Who takes the lock deletes its file afterwards; one that somebody holds is left to them.
  if (names.includes(path.basename(lockOf(at))))
    await withJournalLock(at, () => Promise.resolve(), undefined, 0).catch(() => undefined);
  for (const name of names) {
    const [, owner] = temporaryPattern.exec(name) ?? [];
    if (owner === undefined) continue;
    const file = path.join(at, name);
    const found = await lstat(file).catch(() => undefined);
    if (found?.isFile() && (await hasOwnerEnded(owner, found.mtimeMs)))
      await rm(file, { force: true }).catch(() => undefined);
  }
}
