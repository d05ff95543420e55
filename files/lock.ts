import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, rmdir, stat, unlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds between two tries to take a lock that is held. */
const retryInterval = 50;
/** The age in milliseconds at which a lock counts as abandoned, on whatever machine its holder is. */
const abandonedAge = 10 * 60_000;

/** The error codes of systems when a folder is renamed to one that is not empty. */
const heldCodes = ['EEXIST', 'ENOTEMPTY', 'EPERM', 'EACCES'];

interface LockOptions {
  /** Milliseconds to wait for another holder. */
  readonly patience?: number;
}

/**
 * Runs an action while no other process, nor another call in this process, runs one under the same lock. A lock whose
 * process is gone, or that is ten minutes old, is taken over.
 *
 * A lock is a folder that contains one file, the holder's mark, with a unique name. It is taken by renaming a folder
 * that already contains the mark: this succeeds for only one of several processes, and only where there is no lock or
 * an empty one. It is released, or taken from a dead holder, by deleting the mark of that name and then the folder,
 * which can only be deleted when it is empty. So no step can remove another lock than the one that was examined,
 * however many processes interfere. Whichever step is a process's last, it leaves behind an abandoned lock, an empty
 * one (which is free), or a folder that has not become a lock. A full disk fails before there is a lock.
 * @param lock absolute path in an existing folder
 * @throws Error when another process holds the lock too long, or the lock cannot be written
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

/** Tries to take the lock. @returns false when another process was faster */
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

/** Releases a lock, or takes it from a dead holder; a lock with another mark stays. */
async function release(lock: string, mark: string): Promise<void> {
  await unlink(path.join(lock, mark)).catch(() => undefined);
  await rmdir(lock).catch(() => undefined); // taken by another already
}

interface Holder {
  readonly mark: string;
  /** Whether the lock is no longer held: its process is gone, or the lock is old. */
  readonly isGone: boolean;
}

/** The holder of a lock; undefined where the lock is free. */
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
