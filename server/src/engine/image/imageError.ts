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

const systemReasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'no permission to read it',
  EPERM: 'no permission to read it',
  EISDIR: 'it is a folder, not an image',
  ENAMETOOLONG: 'its name is too long for this system',
  ENOTDIR: 'a part of its path is not a folder',
  EMFILE: 'too many files are open; close some and try again',
};

/** The first line of an error's message, without the history that some libraries add. */
export function firstLine(error: unknown): string {
  return reasonOf(error).split('\n')[0];
}

/** Turns the error of a file-system call on `file` into an ImageError that explains it. */
export function readFailure(file: string, error: unknown): ImageError {
  const { code, message } = error as NodeJS.ErrnoException;
  return new ImageError(file, (code !== undefined && systemReasons[code]) || `cannot be read: ${message}`);
}
