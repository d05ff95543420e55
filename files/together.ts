import path from 'node:path';
import { markOf } from './journal';
import { isBeingReplaced, settleFolder } from './leftovers';
import { readRegularFile, ReadError } from './regularFile';

/** How often files are read again that others are replacing. */
const mostTries = 5;

/**
 * Reads files of one folder that belong together as they were written by `writeAtomically`: all old or all new. What a
 * process that has ended began is finished first.
 * @param limit the largest size in bytes of each
 * @returns the contents in the order of the files; undefined for one that does not exist
 * @throws ReadError
 */
export async function readTogether(
  files: readonly [string, ...string[]],
  limit: number,
): Promise<(Buffer | undefined)[]> {
  const folder = path.dirname(files[0]);
  for (let tries = 1; ; tries++) {
    const isSettled = await settleFolder(folder);
    const before = await Promise.all(files.map(markOf));
    const contents = await Promise.all(files.map(file => readIfThere(file, limit)));
    // The journal is looked for before the marks: while it is there, a file may still be renamed after its mark.
    const isChanging = isSettled && (await isBeingReplaced(folder));
    const after = await Promise.all(files.map(markOf));
    if (tries === mostTries || (!isChanging && after.every((mark, index) => mark === before[index]))) return contents;
  }
}

async function readIfThere(file: string, limit: number): Promise<Buffer | undefined> {
  return readRegularFile(file, limit).catch((error: unknown) => {
    if (error instanceof ReadError && error.code === 'ENOENT') return undefined;
    throw error;
  });
}
