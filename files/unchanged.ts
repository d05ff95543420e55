import path from 'node:path';
import { readRegularFile, ReadError } from './regularFile';

/** A file has another content than the one that was read. */
export class ChangedError extends Error {
  override readonly name = 'ChangedError';

  constructor(readonly file: string) {
    super(`${path.basename(file)} was changed by another program meanwhile`);
  }
}

/**
 * Makes a check, for `writeAtomically`, that files still are what they were when they were read.
 * @param before the contents by path; undefined for a file that did not exist
 * @param limit the largest size in bytes of each
 * @returns a function that throws a ChangedError, or a ReadError
 */
export function unchangedCheck(
  before: ReadonlyMap<string, Uint8Array | undefined>,
  limit: number,
): () => Promise<void> {
  return async () => {
    for (const [file, bytes] of before) {
      const now = await readRegularFile(file, limit).catch((error: unknown) => {
        if (error instanceof ReadError && error.code === 'ENOENT') return undefined;
        throw error;
      });
      const isSame = bytes ? now?.equals(bytes) === true : now === undefined;
      if (!isSame) throw new ChangedError(file);
    }
  };
}
