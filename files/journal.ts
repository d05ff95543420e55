import { copyFile, link, lstat, open, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ownName, ownNamePattern } from './owner';
import { readRegularFile } from './regularFile';

/**
 * The journal of files that are replaced together. It is in their folder from before the first of them is renamed until
 * after the last: whoever finds it left behind by a process that has ended does the rest, so that all are new, or,
 * where one could not be renamed, all are old again. It is only read and written under the folder's lock.
 */

const journalName = '.labelless.journal';
/** Matches the names of temporary files. */
export const temporaryPattern = new RegExp(`^\\.labelless-(${ownNamePattern})\\.tmp$`);
/** The largest journal in bytes, which has room for some 200,000 files. */
const largestJournal = 64e6;

/** The path of a folder's journal. */
export function journalIn(folder: string): string {
  return path.join(folder, journalName);
}

/** A new name for a temporary file. */
export function temporaryName(): string {
  return `.labelless-${ownName()}.tmp`;
}

/** One file that is replaced; names of temporary files are in the folder of the file itself. */
export interface Replacement {
  /** Path from the journal's folder. */
  readonly file: string;
  /** Whether the file's links are followed. */
  readonly follow: boolean;
  /** The name of the new content. */
  readonly temporary: string;
  /** The name of the old content, kept until all is done; null where there was no file. */
  readonly old: string | null;
  /** What tells the old file, and the new one, from what anybody else puts there; see `markOf`. */
  readonly before: string | null;
  readonly after: string;
}

/** What is to be done: the replacement, or its undoing. */
export interface Journal {
  readonly version: 1;
  readonly step: 'replace' | 'undo';
  readonly files: readonly Replacement[];
}

/** Marks a file's state by its size and time of change, which a rename keeps; null where there is no file. */
export async function markOf(file: string): Promise<string | null> {
  const found = await stat(file, { bigint: true }).catch(() => undefined);
  return found ? `${found.size}.${found.mtimeNs}` : null;
}

/** Writes a journal, or replaces it. */
export async function writeJournal(folder: string, journal: Journal): Promise<void> {
  const temporary = path.join(folder, temporaryName());
  const text = JSON.stringify(journal);
  if (text.length > largestJournal / 2) throw new Error(`${journal.files.length} files are too many for one change`);
  try {
    await writeToDisk(temporary, text);
    await renameOver(temporary, journalIn(folder));
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Writes a new file, which is on the disk afterwards. */
export async function writeToDisk(file: string, content: Uint8Array | string): Promise<void> {
  const handle = await open(file, 'wx');
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Keeps the content of a file under another name, as a second name where the disk allows it. */
export async function keepOld(file: string, old: string): Promise<void> {
  await link(file, old).catch(() => copyFile(file, old));
}

/** Returns whether a folder has a journal. */
export async function hasJournal(folder: string): Promise<boolean> {
  return (await lstat(journalIn(folder)).catch(() => undefined))?.isFile() ?? false;
}

/**
 * Does what a folder's journal says, and deletes it. A file that somebody else has changed meanwhile ends it: what is
 * there stays.
 * @throws the system's error where a file can still not be renamed; the journal then stays
 */
export async function followJournal(folder: string): Promise<void> {
  if (!(await hasJournal(folder))) return;
  const journal = parseJournal(await readRegularFile(journalIn(folder), largestJournal));
  const steps = await Promise.all((journal?.files ?? []).map(file => locate(folder, file)));
  if (journal?.step === 'replace' && (await Promise.all(steps.map(isUntouched))).every(Boolean))
    for (const { target, temporary } of steps)
      if ((await markOf(temporary)) !== null) await renameOver(temporary, target);
  if (journal?.step === 'undo') for (const step of steps) await undo(step);
  for (const { temporary, old } of steps) for (const left of [temporary, old]) await rm(left, { force: true });
  await rm(journalIn(folder), { force: true });
}

interface Located extends Pick<Replacement, 'before' | 'after'> {
  readonly target: string;
  readonly temporary: string;
  readonly old: string;
  readonly existed: boolean;
}

async function locate(folder: string, { file, follow, temporary, old, before, after }: Replacement): Promise<Located> {
  const named = path.join(folder, file);
  const target = follow ? await realpath(named).catch(() => named) : named;
  const at = path.dirname(target);
  return {
    target,
    temporary: path.join(at, temporary),
    old: path.join(at, old ?? temporary),
    existed: old !== null,
    before,
    after,
  };
}

/** Returns whether a file is still, or already, as the one who replaces it knows it. */
async function isUntouched({ target, temporary, before, after }: Located): Promise<boolean> {
  const now = await markOf(target);
  return (await markOf(temporary)) === after ? now === before : now === after;
}

async function undo({ target, temporary, old, existed, after }: Located): Promise<void> {
  const isNew = (await markOf(temporary)) === null && (await markOf(target)) === after;
  if (!isNew) return;
  if (!existed) await rm(target, { force: true });
  else if ((await markOf(old)) !== null) await renameOver(old, target);
}

/**
 * Renames a file over another. Windows refuses while another program, such as a virus scanner, has it open: this is
 * tried again for some two seconds.
 */
export async function renameOver(from: string, to: string): Promise<void> {
  for (let wait = 10; ; wait *= 2) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      const passes = code === 'EBUSY' || (process.platform === 'win32' && ['EPERM', 'EACCES'].includes(code));
      if (!passes || wait > 1000) throw error;
      await sleep(wait);
    }
  }
}

/** Reads a journal; undefined for one that Labelless did not write, or that leads out of its folder. */
function parseJournal(bytes: Buffer): Journal | undefined {
  let journal;
  try {
    journal = JSON.parse(bytes.toString()) as Partial<Journal> | null;
  } catch {
    return undefined;
  }
  if (journal?.version !== 1 || !Array.isArray(journal.files)) return undefined;
  return journal.files.every(isReplacement) && ['replace', 'undo'].includes(journal.step ?? '')
    ? (journal as Journal)
    : undefined;
}

function isReplacement(entry: unknown): boolean {
  if (typeof entry !== 'object' || entry === null) return false;
  const { file, follow, temporary, old, before, after } = entry as Partial<Record<keyof Replacement, unknown>>;
  const isTemporary = (name: unknown) => typeof name === 'string' && temporaryPattern.test(name);
  const isInside = (name: unknown) =>
    typeof name === 'string' && !path.isAbsolute(name) && !name.split(/[\\/]/).includes('..');
  return (
    isInside(file) &&
    typeof follow === 'boolean' &&
    isTemporary(temporary) &&
    (old === null || isTemporary(old)) &&
    (before === null || typeof before === 'string') &&
    typeof after === 'string'
  );
}
