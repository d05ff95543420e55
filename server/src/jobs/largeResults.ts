import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { MaybeInFile } from '../../../protocol/request';

/** Characters of JSON above which a result goes by a temporary file: as a message it would hold up others. */
const largestMessage = 8e6;

/** The name of a folder, not yet made, for one server's large results. It cannot be guessed beforehand. */
export function largeResultsFolder(): string {
  return path.join(os.tmpdir(), `labelless-${randomUUID()}`);
}

/**
 * Writes a large value to a file of its own in `folder`, readable by this user alone, which its reader deletes. A small
 * value is returned as it is.
 * @param limit in characters of the value's JSON, as {@link jsonLength} estimates them
 */
export async function largeToFile<T extends object>(
  value: T,
  folder: string,
  limit = largestMessage,
): Promise<MaybeInFile<T>> {
  if (jsonLength(value) <= limit) return value;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, `${randomUUID()}.json`);
  await writeFile(file, JSON.stringify(value), { mode: 0o600, flag: 'wx' });
  return { file };
}

/** Characters of a number in JSON, comma included, in the worst of usual cases. */
const numberLength = 20;

/** About how many characters a value's JSON has, without making it: a result is mostly a few long strings. */
function jsonLength(value: unknown): number {
  if (typeof value === 'string') return value.length + 3;
  if (typeof value !== 'object' || value === null) return numberLength;
  let length = 2;
  if (Array.isArray(value)) for (const item of value) length += jsonLength(item);
  else for (const [key, item] of Object.entries(value)) length += key.length + 3 + jsonLength(item);
  return length;
}
