import { createHash } from 'node:crypto';
import fs, { constants } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';

/** A file that cannot be read; `reason` is a clause for people, and the message begins with the file's path. */
export class ReadError extends Error {
  override readonly name = 'ReadError';

  constructor(
    readonly file: string,
    readonly reason: string,
    /** The operating system's error code, such as `ENOENT`, where it refused. */
    readonly code?: string,
  ) {
    super(`${file}: ${reason}`);
  }
}

const systemReasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'no permission to read it',
  EPERM: 'no permission to read it',
  EISDIR: 'it is a folder, not a file',
  ENAMETOOLONG: 'its name is too long for this system',
  ENOTDIR: 'a part of its path is not a folder',
  EMFILE: 'too many files are open; close some and try again',
  ELOOP: 'its links lead in a circle',
  EIO: 'the disk reports an error',
};

/** Describes why the operating system did not let a file be read. */
export function readReason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return systemReasons[code ?? ''] ?? `it cannot be read: ${message}`;
}

function readError(file: string, error: unknown): ReadError {
  if (error instanceof ReadError) return error;
  return new ReadError(file, readReason(error), (error as NodeJS.ErrnoException).code);
}

/** A regular file that is open for reading, and its size in bytes. */
export interface OpenFile {
  readonly handle: FileHandle;
  readonly size: number;
}

/**
 * Opens a regular file for reading, with links followed. Pipes, devices and sockets are refused before they are opened,
 * since opening a pipe waits for its writer and a device may never end.
 * @throws ReadError
 */
export async function openRegularFile(file: string): Promise<OpenFile> {
  try {
    checkKind(file, await stat(file));
    // If a pipe took the file's place after the check, a non-blocking open does not wait for its writer.
    const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const opened = await handle.stat();
      checkKind(file, opened);
      return { handle, size: opened.size };
    } catch (error) {
      await handle.close();
      throw error;
    }
  } catch (error) {
    throw readError(file, error);
  }
}

function checkKind(file: string, found: { isFile(): boolean; isDirectory(): boolean; isFIFO(): boolean }): void {
  if (found.isFile()) return;
  if (found.isDirectory()) throw new ReadError(file, systemReasons.EISDIR!, 'EISDIR');
  throw new ReadError(file, found.isFIFO() ? 'it is a pipe, not a file' : 'it is a device or a socket, not a file');
}

/**
 * Reads a regular file whole.
 * @param limit the largest size in bytes that is read
 * @throws ReadError for what is no regular file, is larger, or cannot be read
 */
export async function readRegularFile(file: string, limit: number): Promise<Buffer> {
  const { handle, size } = await openRegularFile(file);
  try {
    if (size > limit)
      throw new ReadError(file, `its ${megabytes(size)} MB are above the limit of ${megabytes(limit)} MB`);
    return await handle.readFile();
  } catch (error) {
    throw readError(file, error);
  } finally {
    await handle.close();
  }
}

/**
 * Reads the beginning of a regular file, and waits for the disk meanwhile: for processes that read very many files, for
 * which asynchronous calls take several times as long.
 * @param length the number of bytes to read at most
 * @throws ReadError
 */
export function readStart(file: string, length: number): Buffer {
  try {
    checkKind(file, fs.statSync(file));
    const opened = fs.openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const bytes = Buffer.alloc(length);
      return bytes.subarray(0, fs.readSync(opened, bytes, 0, length, 0));
    } finally {
      fs.closeSync(opened);
    }
  } catch (error) {
    throw readError(file, error);
  }
}

/** The SHA-256 of a regular file, in lower-case hex, without having it whole in memory. @throws ReadError */
export async function hashRegularFile(file: string): Promise<string> {
  const { handle } = await openRegularFile(file);
  try {
    const hash = createHash('sha256');
    for await (const piece of handle.createReadStream({ autoClose: false })) hash.update(piece as Buffer);
    return hash.digest('hex');
  } catch (error) {
    throw readError(file, error);
  } finally {
    await handle.close();
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toLocaleString('en', { maximumFractionDigits: 1 });
}
