import { randomBytes } from 'node:crypto';
import { open, realpath, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { writing } from './writeError';

/** The new content of a file, in a temporary file beside it. */
interface PendingFile {
  readonly file: string;
  readonly temporary: string;
  /** The path that the temporary file is renamed to: `file`, with its links followed where they are. */
  readonly target: string;
}

interface WriteOptions {
  /** Whether a link is followed, as where people keep their masks elsewhere, or is itself replaced. */
  readonly links?: 'follow' | 'replace';
}

/**
 * Writes files that belong together, all of them or none. Each is written to a temporary file beside it, and all are
 * renamed, in order, once all are on the disk. Node's own `writeFile` is used since it goes on after a short
 * write, which is the first sign of a full disk; write-file-atomic takes a short write for success.
 * @param files contents by path
 * @throws WriteError with the existing files untouched, unless a rename fails
 */
export async function writeAtomically(
  files: ReadonlyMap<string, Uint8Array | string>,
  { links = 'follow' }: WriteOptions = {},
): Promise<void> {
  const pending: PendingFile[] = [];
  try {
    for (const [file, content] of files) {
      const target = links === 'follow' ? await realpath(file).catch(() => file) : file;
      const temporary = path.join(path.dirname(target), `.labelless-${randomBytes(8).toString('hex')}.tmp`);
      pending.push({ file, temporary, target });
      await writing(file, () => writeToDisk(temporary, content));
    }
    for (const { file, temporary, target } of pending) {
      await writing(file, () => rename(temporary, target));
    }
  } catch (error) {
    for (const { temporary } of pending) await rm(temporary, { force: true });
    throw error;
  }
}

async function writeToDisk(file: string, content: Uint8Array | string): Promise<void> {
  const handle = await open(file, 'wx');
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
