import { randomBytes } from 'node:crypto';
import { open, realpath, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/** A file that could not be written, and why. */
export class WriteError extends Error {
  constructor(
    readonly file: string,
    override readonly cause: unknown,
  ) {
    super(`cannot write ${file}`);
  }
}

interface Draft {
  readonly file: string;
  readonly draft: string;
  readonly target: string;
}

/**
 * Writes files that belong together, whole or not at all: each into a draft beside it, and only when all drafts are on
 * the disk do they take their names. Links are followed. Node's own `writeFile` is used since it goes on after a short
 * write, which is how a disk that fills up shows first; write-file-atomic takes a short write for done.
 * @throws WriteError with what was there untouched, unless it is a rename that fails
 */
export async function writeTogether(files: ReadonlyMap<string, Uint8Array | string>): Promise<void> {
  const drafts: Draft[] = [];
  try {
    for (const [file, content] of files) {
      const target = await realpath(file).catch(() => file);
      const draft = path.join(path.dirname(target), `.labelless-${randomBytes(8).toString('hex')}.tmp`);
      drafts.push({ file, draft, target });
      await writeDraft(draft, content).catch((error: unknown) => {
        throw new WriteError(file, error);
      });
    }
    for (const { file, draft, target } of drafts) {
      await rename(draft, target).catch((error: unknown) => {
        throw new WriteError(file, error);
      });
    }
  } catch (error) {
    for (const { draft } of drafts) await rm(draft, { force: true });
    throw error;
  }
}

async function writeDraft(draft: string, content: Uint8Array | string): Promise<void> {
  const handle = await open(draft, 'wx');
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
