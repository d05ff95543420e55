import { realpath, rm } from 'node:fs/promises';
import path from 'node:path';
import {
  followJournal,
  hasJournal,
  journalIn,
  keepOld,
  markOf,
  renameOver,
  temporaryName,
  writeJournal,
  writeToDisk,
  type Replacement,
} from './journal';
import { settleFolder, tidyFolder, withJournalLock } from './leftovers';
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
  /** Ends the waiting for another process that writes into the folder. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Checks, right before the files are replaced and while nobody else replaces files of the folder with this module,
   * whether they may be: it throws when they may not. So what was read before is still what is replaced.
   */
  readonly check?: (() => Promise<void>) | undefined;
  /**
   * Whether nobody else may replace files in any of the files' folders meanwhile, rather than in the deepest that holds
   * them all: where others write the files of one of these folders alone.
   */
  readonly lockAll?: boolean;
}

/** The contents of files by path. Those of very many files are made one after the other, and not kept in memory. */
export type FileContents =
  ReadonlyMap<string, Uint8Array | string> | AsyncIterable<readonly [file: string, content: Uint8Array | string]>;

/**
 * Writes files that belong together, all of them or none. Each is written to a temporary file beside it, and all are
 * renamed, in order, once all are on the disk. A journal in their folder says what is under way, so that after the end
 * of this process the next one that reads or writes there with this module finishes it; when a file cannot be renamed,
 * those before it get back what they were. Node's own `writeFile` is used since it goes on after a short write, which
 * is the first sign of a full disk; write-file-atomic takes a short write for success.
 * @param files contents by path; read them with `readTogether`
 * @throws WriteError with the existing files untouched
 */
export async function writeAtomically(
  files: FileContents,
  { links = 'follow', signal, check, lockAll = false }: WriteOptions = {},
): Promise<void> {
  const pending: PendingFile[] = [];
  try {
    for await (const [file, content] of files) {
      const target = links === 'follow' ? await realpath(file).catch(() => file) : file;
      const folder = path.dirname(target);
      await tidyFolder(folder);
      const temporary = path.join(folder, temporaryName());
      pending.push({ file, temporary, target });
      await writing(file, () => writeToDisk(temporary, content));
    }
    const [only, second] = pending;
    if (only && !second && !check) await writing(only.file, () => renameOver(only.temporary, only.target));
    else if (only) {
      const folder = folderOf(pending);
      const others = lockAll ? pending.map(({ target }) => path.dirname(target)) : [];
      const folders = await Promise.all([...new Set([folder, ...others])].map(one => realpath(one)));
      const replace = () => replaceTogether(folder, pending, links === 'follow', check);
      await whileLocked([...new Set(folders)].sort(), replace, signal);
    }
  } catch (error) {
    const isLeft = (pending.length > 1 || check !== undefined) && (await hasJournal(folderOf(pending)));
    if (!isLeft) for (const { temporary } of pending) await rm(temporary, { force: true });
    throw error;
  }
}

/**
 * Runs an action while no other process replaces files of some folders, after what a process that has ended began there
 * is finished.
 * @param folders real paths, sorted, so that two callers never wait for each other
 */
async function whileLocked(
  [folder, ...others]: readonly string[],
  action: () => Promise<void>,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (folder === undefined) return action();
  await settleFolder(path.dirname(folder));
  const locked = async () => {
    await writing(journalIn(folder), () => followJournal(folder));
    await whileLocked(others, action, signal);
  };
  await withJournalLock(folder, locked, signal);
}

/** Renames all files or none, as the journal of their folder says. */
async function replaceTogether(
  folder: string,
  pending: readonly PendingFile[],
  follow: boolean,
  check: (() => Promise<void>) | undefined,
): Promise<void> {
  await check?.();
  const files: Replacement[] = [];
  try {
    for (const { file, temporary, target } of pending)
      files.push(await writing(file, () => prepare(folder, file, temporary, target, follow)));
    await writing(pending[0]!.file, () => writeJournal(folder, { version: 1, step: 'replace', files }));
    for (const { file, temporary, target } of pending) await writing(file, () => renameOver(temporary, target));
    await rm(journalIn(folder), { force: true });
  } catch (error) {
    if (await hasJournal(folder)) {
      await writeJournal(folder, { version: 1, step: 'undo', files });
      await followJournal(folder);
    }
    throw error;
  } finally {
    if (!(await hasJournal(folder)))
      await Promise.all(files.map((file, index) => removeOld(file, pending[index]!.target)));
  }
}

/** Keeps the old content of a file, and makes its entry of the journal. */
async function prepare(
  folder: string,
  file: string,
  temporary: string,
  target: string,
  follow: boolean,
): Promise<Replacement> {
  const before = await markOf(target);
  const old = before === null ? null : temporaryName();
  if (old !== null) await keepOld(target, path.join(path.dirname(target), old));
  return {
    file: path.relative(folder, path.resolve(file)),
    follow,
    temporary: path.basename(temporary),
    old,
    before,
    after: (await markOf(temporary)) ?? '',
  };
}

async function removeOld({ old }: Replacement, target: string): Promise<void> {
  if (old !== null) await rm(path.join(path.dirname(target), old), { force: true }).catch(() => undefined);
}

/** The folder of the journal: the deepest that holds all files. */
function folderOf(pending: readonly PendingFile[]): string {
  const files = pending.map(({ file }) => path.resolve(file));
  let common = path.dirname(files[0]!);
  const holds = (file: string) => !path.relative(common, file).split(path.sep).includes('..');
  while (!files.every(holds) && path.dirname(common) !== common) common = path.dirname(common);
  return common;
}
