import path from 'node:path';

/**
 * Why one image cannot be read. `message` names the file and the reason; `setting` names what raises the limit that was
 * hit.
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

/** The first line of an error of a library that adds a history of what else it tried. */
export function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0];
}

/** The error of a file-system call on `file`, in words. */
export function readFailure(file: string, error: unknown): ImageError {
  const { code, message } = error as NodeJS.ErrnoException;
  return new ImageError(file, (code !== undefined && systemReasons[code]) || `cannot be read: ${message}`);
}
