import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { MaybeInFile } from '../../../protocol/request';

/** Characters of JSON above which a result is passed in a temporary file, as it would delay other messages. */
const largestMessage = 8e6;

/** The name of the folder for one server's large results, which does not exist yet and cannot be guessed. */
export function largeResultsFolder(): string {
  return path.join(os.tmpdir(), `labelless-${randomUUID()}`);
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
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, `${randomUUID()}.json`);
  await writeFile(file, JSON.stringify(value), { mode: 0o600, flag: 'wx' });
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
