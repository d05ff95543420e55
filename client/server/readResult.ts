import { readFile, realpath, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { MaybeInFile } from '../../protocol/request';

/**
 * The value of a result that came inline or in a temporary file, which is deleted.
 * @throws Error when the file lies outside the machine's temporary folder, or cannot be read
 */
export async function readResult<T extends object>(result: MaybeInFile<T>): Promise<T> {
  if (!('file' in result)) return result;
  const file = await realpath(result.file);
  if (!file.startsWith((await realpath(tmpdir())) + path.sep))
    throw new Error(`The server named a result file outside the temporary folder: ${file}`);
  try {
    return JSON.parse(await readFile(file, 'utf8')) as T;
  } finally {
    await unlink(file).catch(() => undefined); // an unreadable result is the news, not its left-over file
  }
}
