import { randomBytes } from 'node:crypto';
import { link, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds: between two looks at a lock that is held, and until it is left behind for sure. */
const [interval, oldest] = [50, 10 * 60_000];

/** @param patience milliseconds to wait for another holder */
interface LockOptions {
  readonly patience?: number;
}

/**
 * Does something while no other process, nor another call in this one, does something under the same lock: a file that
 * is there as long. A lock whose process is gone, or that is ten minutes old, was left behind and is taken over.
 * @param file absolute path; its folder is there
 * @throws Error when another holds the lock too long, or the file cannot be written
 */
export async function withLock<T>(
  file: string,
  action: () => Promise<T>,
  { patience = 120_000 }: LockOptions = {},
): Promise<T> {
  const own = `${process.pid} ${hostname()} ${randomBytes(8).toString('hex')}`;
  const end = Date.now() + patience;
  while (!(await taken(file, own))) {
    const left = await leftBehind(file);
    if (left !== undefined) await remove(file, left);
    else if (Date.now() > end)
      throw new Error(
        `${file}: another process has been writing there for ${Math.round(patience / 1000)} s; try again when it has ended, or delete this file`,
      );
    else await sleep(interval);
  }
  try {
    return await action();
  } finally {
    await remove(file, own);
  }
}

async function taken(file: string, own: string): Promise<boolean> {
  try {
    await writeFile(file, own, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** What a lock holds that nobody holds any more; undefined for one that is held, or just given back. */
async function leftBehind(file: string): Promise<string | undefined> {
  try {
    const { mtimeMs } = await stat(file);
    const content = await readFile(file, 'utf8');
    const [pid, host] = content.split(' ');
    const gone = host === hostname() && !isAlive(Number(pid));
    return gone || Date.now() - mtimeMs > oldest ? content : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Deletes a lock that holds `content`. It is set aside first, so that of several only one does, and put back when it is
 * another's by now.
 */
async function remove(file: string, content: string): Promise<void> {
  const aside = `${file}.${randomBytes(8).toString('hex')}`;
  try {
    await rename(file, aside);
    if ((await readFile(aside, 'utf8')) !== content) await link(aside, file);
    await rm(aside);
  } catch {
    await rm(aside, { force: true }); // gone already, or taken anew
  }
}
