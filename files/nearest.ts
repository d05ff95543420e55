import path from 'node:path';
import { settleFolder } from './leftovers';
import type { ReadError } from './regularFile';
import { readRegularFile } from './regularFile';

/** A file that was found, with its content or the reason why it cannot be read. */
export type FoundFile = { readonly file: string } & (
  | { readonly content: Buffer }
  | { readonly unreadable: string } //
);

/**
 * Reads the nearest file of a name in a folder or the folders above it, up to the root of the file system. One that is
 * there but cannot be read ends the search: what is farther away does not hold in its place. What a process that has
 * ended began to replace there is finished first.
 * @param folder absolute path
 * @param limit the largest size in bytes that is read
 * @returns undefined where no folder has such a file
 */
export async function readNearest(folder: string, name: string, limit: number): Promise<FoundFile | undefined> {
  await settleFolder(folder);
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    const file = path.join(at, name);
    try {
      return { file, content: await readRegularFile(file, limit) };
    } catch (error) {
      const { code, reason } = error as ReadError;
      if (code !== 'ENOENT' && code !== 'ENOTDIR') return { file, unreadable: reason };
    }
    if (path.dirname(at) === at) return undefined;
  }
}
