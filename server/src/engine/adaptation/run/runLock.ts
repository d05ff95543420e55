import { rmdir } from 'node:fs/promises';
import path from 'node:path';
import { holdLock } from '../../../../../files/lock';
import { makeFolder } from './makeFolder';
import { isTrainedWithoutLock } from './runState';

const lockName = '.labelless-lock';

/**
 * Takes the folder of a training run for this process, and makes it if necessary.
 * @returns a function that gives the folder back, and removes it where it is empty and was made for this
 * @throws Error where another process trains the run; WriteError
 */
export async function lockRun(folder: string): Promise<() => Promise<void>> {
  const made = await makeFolder(folder);
  try {
    const lock = await holdLock(path.join(folder, lockName));
    if (!lock) throw trainedElsewhere(folder);
    const giveBack = async () => {
      await lock.release();
      await removeEmpty(folder, made);
    };
    if (!(await isTrainedWithoutLock(folder))) return giveBack;
    await giveBack();
    throw trainedElsewhere(folder);
  } catch (error) {
    await removeEmpty(folder, made);
    throw error;
  }
}

function trainedElsewhere(folder: string): Error {
  return new Error(`${folder}: another process trains this run; stop it first`);
}

/** Removes the folders from `folder` up to the one that was made first, as far as they are empty. */
async function removeEmpty(folder: string, made: string | undefined): Promise<void> {
  if (made === undefined) return;
  for (let at = folder; at.startsWith(made); at = path.dirname(at)) {
    try {
      await rmdir(at);
    } catch {
      return; // it is in use
    }
  }
}
