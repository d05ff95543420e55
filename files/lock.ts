import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, rmdir, stat, unlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds from one try to take a lock that is held to the next. */
const retryInterval = 50;
/** Age of a lock in milliseconds at which it counts as abandoned, wherever its holder is. */
const abandonedAge = 10 * 60_000;

/** Error codes by which a system says that a folder cannot take the name of one that is not empty. */
const heldCodes = ['EEXIST', 'ENOTEMPTY', 'EPERM', 'EACCES'];

interface LockOptions {
  /** Milliseconds to wait for another holder. */
  readonly patience?: number;
}

/**
 * Does something while no other process, nor another call in this one, does something under the same lock. The lock of
 * a process that is gone, or one that is ten minutes old, is taken over.
 *
 * A lock is a folder with one file in it, the holder's mark, whose name is unique. It is taken by renaming a folder
 * that holds the mark already, which succeeds for one of several and only where there is no lock, or an empty one. It
 * is given up, or taken from a holder that is gone, by deleting the mark of that name and then the folder, which can
 * only be deleted empty. No step can remove another lock than the one that was looked at, however many processes come
 * in between; whichever step is a process's last, what it leaves behind is an abandoned lock, an empty one, which is
 * free, or a folder that has not become a lock. A full disk fails before there is a lock.
 * @param lock absolute path; its folder is there
 * @throws Error when another holds the lock too long, or it cannot be written
 */
export async function withLock<T>(
  lock: string,
  action: () => Promise<T>,
  { patience = 120_000 }: LockOptions = {},
): Promise<T> {
  const mark = randomBytes(8).toString('hex');
  await take(lock, mark, patience);
  try {
    return await action();
  } finally {
    await release(lock, mark);
  }
}

async function take(lock: string, mark: string, patience: number): Promise<void> {
  const end = Date.now() + patience;
  for (;;) {
    const holder = await holderOf(lock);
    if (holder === undefined && (await taken(lock, mark))) return;
    if (holder?.isGone) {
      await release(lock, holder.mark);
      continue;
    }
    if (Date.now() > end)
      throw new Error(
        `${lock}: another process has been writing there for ${Math.round(patience / 1000)} s; ` +
          'try again when it has ended, or delete this folder',
      );
    await sleep(retryInterval);
  }
}

/** Whether the lock could be taken; false when another was faster. */
async function taken(lock: string, mark: string): Promise<boolean> {
  const prepared = `${lock}.${mark}`;
  try {
    await mkdir(prepared);
    await writeFile(path.join(prepared, mark), `${process.pid} ${hostname()}`);
    // Windows does not rename a folder to an empty one.
    if (process.platform === 'win32') await rmdir(lock).catch(() => undefined);
    await rename(prepared, lock);
    return true;
  } catch (error) {
    await rm(prepared, { recursive: true, force: true });
    const { code = '', syscall } = error as NodeJS.ErrnoException;
    if (syscall === 'rename' && heldCodes.includes(code)) return false;
    throw error;
  }
}

/** Gives a lock up, or takes it from a holder that is gone; a lock with another mark stays. */
async function release(lock: string, mark: string): Promise<void> {
  await unlink(path.join(lock, mark)).catch(() => undefined);
  await rmdir(lock).catch(() => undefined); // taken by another already
}

interface Holder {
  readonly mark: string;
  /** Whether it holds the lock no more: its process is gone, or the lock is old. */
  readonly isGone: boolean;
}

/** The holder of a lock; undefined where it is free. */
async function holderOf(lock: string): Promise<Holder | undefined> {
  try {
    const [mark] = await readdir(lock);
    if (mark === undefined) return undefined;
    const file = path.join(lock, mark);
    const { mtimeMs } = await stat(file);
    const [pid, host] = (await readFile(file, 'utf8')).split(' ');
    const hasEnded = host === hostname() && !isAlive(Number(pid));
    return { mark, isGone: hasEnded || Date.now() - mtimeMs > abandonedAge };
  } catch {
    return undefined; // there is no lock, or it has just been given up
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
