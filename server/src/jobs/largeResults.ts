import { randomUUID } from 'node:crypto';
import { lstat, mkdir, readdir, rmdir, unlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { hasOwnerEnded, ownName, ownNamePattern } from '../../../files/owner';
import { writing } from '../../../files/writeError';
import type { MaybeInFile } from '../../../protocol/request';

/** Characters of JSON above which a result is passed in a temporary file, as it would delay other messages. */
const largestMessage = 8e6;

/** The name of the folder for one server's large results, which does not exist yet and cannot be guessed. */
export function largeResultsFolder(): string {
  return path.join(os.tmpdir(), `labelless-${ownName()}`);
}

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
/** Matches the names of folders for large results, and those that earlier versions made. */
const folderPattern = new RegExp(`^labelless-(?:(${ownNamePattern})|${uuid})$`);
const resultPattern = new RegExp(`^${uuid}\\.json$`);
/** The age in milliseconds at which a folder that does not name its owner counts as left behind. */
const abandonedAge = 24 * 3600_000;

/**
 * Deletes the large results that servers which have ended, by a crash, left in the temporary folder. Only results in
 * folders of this user are deleted, and never those of a server that runs. It never fails: what cannot be deleted
 * stays.
 */
export async function deleteOldResults(temporary = os.tmpdir()): Promise<void> {
  for (const name of await readdir(temporary).catch(() => [])) {
    const found = folderPattern.exec(name);
    if (found) await deleteResults(path.join(temporary, name), found[1]).catch(() => undefined);
  }
}

async function deleteResults(folder: string, owner: string | undefined): Promise<void> {
  const found = await lstat(folder);
  const isMine = found.isDirectory() && (process.getuid === undefined || found.uid === process.getuid());
  const isOld = Date.now() - found.mtimeMs > abandonedAge;
  if (!isMine || !(owner === undefined ? isOld : await hasOwnerEnded(owner, found.mtimeMs))) return;
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name);
    if (resultPattern.test(name) && (await lstat(file)).isFile()) await unlink(file);
  }
  await rmdir(folder); // it stays where there is anything else in it
}

/**
 * Writes a large value to a file of its own in `folder`, readable by this user alone, which its reader deletes. A small
 * value is returned as it is.
 * @param limit characters of the value's JSON, as {@link jsonLength} estimates them
 */
export async function largeToFile<T extends object>(
  value: T,
  folder: string,
  limit = largestMessage,
): Promise<MaybeInFile<T>> {
  if (jsonLength(value) <= limit) return value;
  const file = path.join(folder, `${randomUUID()}.json`);
  await writing(file, async () => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    try {
      await writeFile(file, JSON.stringify(value), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      await unlink(file).catch(() => undefined); // a part of it would take the place that the disk lacks
      throw error;
    }
  });
  return { file };
}

/** Characters of a number in JSON, comma included, in the worst usual case. */
const numberLength = 20;

/** Estimates the number of characters of a value's JSON without making it; most of a result are a few long strings. */
function jsonLength(value: unknown): number {
  if (typeof value === 'string') return value.length + 3;
  if (typeof value !== 'object' || value === null) return numberLength;
  let length = 2;
  if (Array.isArray(value)) for (const item of value) length += jsonLength(item);
  else for (const [key, item] of Object.entries(value)) length += key.length + 3 + jsonLength(item);
  return length;
}
