import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { WriteError } from '../../../files/writeError';
import { PlaceError } from './photoPlace';

interface KeptStream {
  /** The name of what is read, for messages. */
  readonly name: string;
  /** The path of a file that is not there yet. */
  readonly file: string;
  /** The most bytes that are taken. */
  readonly largest: number;
  /** The number of bytes that are told beforehand. */
  readonly size: number;
  readonly signal: AbortSignal | undefined;
}

/**
 * Writes a stream into a new file, as far as it is within a limit.
 * @returns the SHA-256 of its content, in lower-case hex
 * @throws PlaceError where it is too large
 * @throws WriteError where the disk does not take it
 */
export async function keepStream(stream: Readable, { name, file, largest, size, signal }: KeptStream): Promise<string> {
  const tooLarge = (bytes: number) =>
    new PlaceError('unusable', `${name} has ${megabytes(bytes)} MB, above the limit of ${megabytes(largest)} MB`);
  if (size > largest) throw tooLarge(size);
  const hash = createHash('sha256');
  let taken = 0;
  const measured = async function* (pieces: AsyncIterable<Buffer>) {
    for await (const piece of pieces) {
      taken += piece.length;
      if (taken > largest) throw tooLarge(taken);
      hash.update(piece);
      yield piece;
    }
  };
  try {
    await pipeline(stream, measured, createWriteStream(file, { flags: 'wx' }), { signal });
    return hash.digest('hex');
  } catch (error) {
    const { syscall, code } = error as NodeJS.ErrnoException;
    if (code !== 'EEXIST') await rm(file, { force: true });
    throw syscall === 'write' || syscall === 'open' ? new WriteError(file, error) : error;
  }
}

/** The SHA-256 of a stream's content, in lower-case hex. */
export async function hashStream(stream: Readable): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of stream) hash.update(piece as Buffer);
  return hash.digest('hex');
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toLocaleString('en', { maximumFractionDigits: 1 });
}
