import path from 'node:path';

/** The path of a file from a folder, with `/` between its parts on every system. */
export function relativePath(folder: string, file: string): string {
  return posixPath(path.relative(folder, file));
}

/** A relative path with `/` between its parts on every system. */
export function posixPath(relative: string): string {
  return relative.replaceAll(path.sep, '/');
}
