import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { constants } from 'node:fs';
import { lstat, open, realpath, unlink, type FileHandle } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Locks of the operating system on files. The system gives a lock to one process, and takes it back when that process
 * ends in whatever way, so that there is no lock to judge by its age or by the number of its process: a number may be
 * used again, and a process that was killed may stay in the list of processes.
 *
 * Node has no call for such locks, but reaches them on each system:
 * - Linux: `flock(1)`, of util-linux or BusyBox, locks an open file that it inherits. Such a lock belongs to the open
 *   file, not to the program that asked for it, so it stays with this process when that program ends.
 * - Linux without that program, or a disk without locks: an abstract socket whose name stands for the file. It is only
 *   seen on this machine.
 * - macOS and BSD: the flag `O_EXLOCK` of open(2).
 * - Windows: a file that is open without sharing, by libuv's flag of the same name, and deleted when it is closed.
 *
 * A holder deletes the lock's file before it gives back the lock. Who then gets the lock of the deleted file sees that
 * the name has another file, or none, and tries again.
 */
export interface SystemLock {
  release(): Promise<void>;
}

/** libuv's flags of open on Windows, and those of open(2) on macOS and BSD, which Node does not name. */
const windowsFlags = { exclusiveLock: 0x10000000, deleteOnClose: 0x40 };
const bsdExclusiveLock = 0x20;

/** The error codes of open for a file that another process has locked. */
const takenCodes = ['EAGAIN', 'EWOULDBLOCK', 'EBUSY', 'EPERM'];

/** Milliseconds between two tries where the system cannot wait itself. */
const retryInterval = 50;
/** How often a single try begins again since other holders came and went meanwhile. */
const mostRenewals = 100;

/**
 * Takes the lock of a file, which is made where it is missing.
 * @param signal ends the waiting; already aborted, it makes this one try
 * @returns undefined when another process, or another call in this process, has the lock when the waiting ends
 * @throws the system's error when the file cannot be made
 */
export async function takeSystemLock(file: string, signal: AbortSignal): Promise<SystemLock | undefined> {
  for (let renewals = 0; ;) {
    const found = await tryOnce(file, signal);
    if (typeof found === 'object') return found;
    if (found === 'renewed') renewals++;
    if (signal.aborted && (found === 'taken' || renewals > mostRenewals)) return undefined;
    if (found === 'taken') await sleep(retryInterval, undefined, { signal }).catch(() => undefined);
  }
}

/** @returns `taken` when another has the lock, `renewed` when the file was deleted meanwhile */
async function tryOnce(file: string, signal: AbortSignal): Promise<SystemLock | 'taken' | 'renewed'> {
  const handle = await openLockFile(file);
  if (!handle) return 'taken';
  let isHeld = false;
  try {
    const outcome = process.platform === 'linux' ? await lockOpenFile(handle, signal) : 'locked';
    if (outcome === 'taken') return 'taken';
    if (outcome === 'unsupported') return (await lockByName(file)) ?? 'taken';
    if (process.platform !== 'win32' && !(await isNamed(handle, file))) return 'renewed';
    isHeld = true;
    return { release: () => release(handle, file) };
  } finally {
    if (!isHeld) await handle.close();
  }
}

async function release(handle: FileHandle, file: string): Promise<void> {
  // It may fail in a folder that can no longer be written: the file that stays is then locked and deleted by the next.
  if (process.platform !== 'win32') await unlink(file).catch(() => undefined);
  await handle.close();
}

/** Opens a lock's file, on macOS, BSD and Windows with the lock; undefined when another has it. */
async function openLockFile(file: string): Promise<FileHandle | undefined> {
  const { O_CREAT, O_RDONLY, O_RDWR, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
  const exclusive = {
    win32: windowsFlags.exclusiveLock | windowsFlags.deleteOnClose,
    linux: 0,
  }[process.platform as string];
  const flags = O_NOFOLLOW | O_NONBLOCK | (exclusive ?? bsdExclusiveLock);
  let handle;
  try {
    handle = await open(file, flags | O_RDWR | O_CREAT, 0o666).catch((error: unknown) => {
      // The file of another user can be locked without a permission to write it.
      if (process.platform !== 'win32' && codeOf(error) === 'EACCES') return open(file, flags | O_RDONLY);
      throw error;
    });
  } catch (error) {
    if (exclusive !== 0 && takenCodes.includes(codeOf(error))) return undefined;
    throw error;
  }
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw Object.assign(new Error('what is there is no file'), { code: 'EEXIST' });
}

/** Returns whether a name still leads to an open file. */
async function isNamed(handle: FileHandle, file: string): Promise<boolean> {
  const opened = await handle.stat({ bigint: true });
  const named = await lstat(file, { bigint: true }).catch(() => undefined);
  return named?.ino === opened.ino && named.dev === opened.dev;
}

/** Locks an open file on Linux. @param signal ends the waiting */
async function lockOpenFile(handle: FileHandle, signal: AbortSignal): Promise<'locked' | 'taken' | 'unsupported'> {
  const waits = !signal.aborted;
  const flock = spawn('flock', [waits ? '-x' : '-xn', '3'], {
    stdio: ['ignore', 'ignore', 'ignore', handle.fd],
    env: { PATH: [process.env.PATH, '/usr/bin', '/bin'].filter(Boolean).join(path.delimiter) },
    cwd: '/',
  });
  const end = () => flock.kill('SIGKILL');
  if (waits) signal.addEventListener('abort', end);
  try {
    const [status] = (await once(flock, 'exit')) as [number | null];
    if (status === 0) return 'locked';
    return status === 1 || status === null ? 'taken' : 'unsupported'; // null where it was killed
  } catch (error) {
    if (['ENOENT', 'EACCES'].includes(codeOf(error))) return 'unsupported'; // there is no such program
    throw error;
  } finally {
    signal.removeEventListener('abort', end);
  }
}

/** Takes the lock that an abstract socket of Linux is; undefined when another has it. */
export async function lockByName(file: string): Promise<SystemLock | undefined> {
  const name = path.join(await realpath(path.dirname(file)), path.basename(file));
  const server = net.createServer(socket => socket.destroy());
  server.listen(`\0labelless-${createHash('sha256').update(name).digest('hex')}`);
  try {
    await once(server, 'listening');
  } catch (error) {
    if (codeOf(error) === 'EADDRINUSE') return undefined;
    throw error;
  }
  server.unref();
  return {
    release: async () => {
      await unlink(file).catch(() => undefined);
      server.close();
      await once(server, 'close');
    },
  };
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? '';
}
