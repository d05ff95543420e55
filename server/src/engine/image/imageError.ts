import { ReadError, readReason, readRegularFile } from '../../../../files/regularFile';
import { reasonOf } from '../../../../mask/errors';
import path from 'node:path';

/**
 * An image that cannot be read. `message` names the file and the reason; `setting` is the setting that raises the limit
 * that was exceeded.
 */
export class ImageError extends Error {
  override readonly name = 'ImageError';

  constructor(
    readonly file: string,
    readonly reason: string,
    readonly setting?: `labelless.${string}`,
  ) {
    super(`${path.basename(file)}: ${reason}`);
  }
}

/** The first line of an error's message, without the history that some libraries add. */
export function firstLine(error: unknown): string {
  return reasonOf(error).split('\n')[0];
}

/** Turns the error of reading `file` into an ImageError that explains it. */
export function readFailure(file: string, error: unknown): ImageError {
  return new ImageError(file, error instanceof ReadError ? error.reason : readReason(error));
}

/** Reads a regular file whole. @param limit in millions of bytes @throws ImageError that names it and the reason */
export async function readBytes(file: string, limit: number): Promise<Buffer> {
  return readRegularFile(file, limit * 1e6).catch((error: unknown) => {
    throw readFailure(file, error);
  });
}
