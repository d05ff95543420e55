import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { readRegularFile, ReadError } from '../../../../../files/regularFile';
import { reasonOf } from '../../../../../mask/errors';
import { decodeText } from '../../../../../mask/files/json';
import { NameError } from './names';

/** The comment that begins a list which Labelless wrote. */
export const listMark = '# Written by Labelless.';

/** The largest list that is read, in bytes: room for thousands of classes. */
const largestList = 250_000;

/**
 * Reads the list of classes of a folder that many images are exported into, without its byte-order mark. Undefined
 * where there is none yet, and nothing else is in the folder.
 * @param list absolute path of the list in that folder
 * @throws Error when the folder or the list is not Labelless's, or the list cannot be read
 */
export async function readClassList(list: string): Promise<string | undefined> {
  const folder = path.dirname(list);
  const text = await readRegularFile(list, largestList).then(
    bytes => aboutList(list, () => decodeText(bytes)),
    async (error: unknown) => {
      if (!(error instanceof ReadError)) throw error;
      if (error.code !== 'ENOENT') throw unusableList(list, error.reason);
      return (await isFree(folder)) ? undefined : '';
    },
  );
  if (text === undefined || text.split(/\r\n|\r|\n/).some(line => line.trimStart().startsWith(listMark))) return text;
  throw new Error(`${folder} exists and was not written by Labelless; rename it, or write into another folder`);
}

/** Does something with a list. @throws NameError, else Error that names the list and what to do, where this fails */
export function aboutList<T>(list: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw error instanceof NameError ? error : unusableList(list, reasonOf(error));
  }
}

/** The error of a list without which class numbers of earlier files are not known. */
function unusableList(list: string, reason: string): Error {
  return new Error(`${list}: ${reason}; correct it, or export into another folder`);
}

/** Returns whether a folder holds no file; a failed write may have left folders in it. */
async function isFree(folder: string): Promise<boolean> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new Error(`cannot read the folder ${folder}; check its permissions, or write into another folder`, {
      cause: error,
    });
  });
  return entries.every(entry => entry.isDirectory());
}
