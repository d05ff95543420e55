import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { MaybeInFile } from '../../../protocol/request';

/** JSON above this many characters goes by a temporary file: it would hold up other messages. */
const largestMessage = 8e6;

/** The name of a folder, not yet made, for one server's large results. It cannot be guessed beforehand. */
export function spillFolder(): string {
  return path.join(os.tmpdir(), `labelless-${randomUUID()}`);
}

/**
 * Leaves a small value as it is; writes a large one to a file of its own in `folder`, readable by this user alone,
 * which its reader deletes.
 */
export async function spillLarge<T extends object>(
  value: T,
  folder: string,
  limit = largestMessage,
): Promise<MaybeInFile<T>> {
  const json = JSON.stringify(value);
  if (json.length <= limit) return value;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, `${randomUUID()}.json`);
  await writeFile(file, json, { mode: 0o600, flag: 'wx' });
  return { file };
}
