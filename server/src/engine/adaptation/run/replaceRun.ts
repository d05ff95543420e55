import { lstat, mkdir, rm, rmdir, stat } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { writeAtomically } from '../../../../../files/atomic';
import { renameOver } from '../../../../../files/journal';
import { settleFolder } from '../../../../../files/leftovers';
import { readRegularFile } from '../../../../../files/regularFile';
import { writing, type WriteError } from '../../../../../files/writeError';
import { parseJson } from '../../../../../mask/files/json';
import { largestRunFile, runFiles } from '../../experiment/trainingRunMark';
import { makeFolder } from './makeFolder';
import { ownRunFiles } from './ownRunFiles';

/**
 * A run is replaced by moving its files aside, into a folder within its folder, by writing the new run's files, and
 * then by deleting the old ones. The folder aside holds a list of the files that are moved. `config` is moved aside
 * first, written last, moved back last, and deleted last, so that a process that is killed at any point leaves one of
 * these:
 * - no list, or no `config` aside: nothing was moved, or all is done;
 * - `config` aside alone: the new run does not exist yet, and the old one is put back;
 * - `config` in both places: the new run exists, and the old one is deleted.
 */
const asideName = '.labelless-replaced';
const listName = 'files.json';
const listSchema = z.array(z.string());

/**
 * Replaces the run in a folder. Files that are not the run's stay.
 * @param write writes the files of the new run, `config` last
 * @throws what `write` throws, and WriteError, with the old run in its place
 */
export async function replaceRun(folder: string, write: () => Promise<void>): Promise<void> {
  const aside = path.join(folder, asideName);
  const files = await ownRunFiles(folder);
  try {
    await writing(aside, () => mkdir(aside));
    await writeAtomically(new Map([[path.join(aside, listName), JSON.stringify(files)]]), { links: 'replace' });
    await move(configFirst(files), folder, aside);
    await write();
  } catch (error) {
    await repairReplacedRun(folder).catch(() => undefined); // the next start tries again
    throw error;
  }
  await repairReplacedRun(folder).catch(() => undefined); // the old run takes space until the next start
}

/**
 * Ends the replacement of a run that a killed process began, if there is one. Only the process that trains in the
 * folder may call this.
 * @returns whether the old run was put back
 * @throws WriteError
 */
export async function repairReplacedRun(folder: string): Promise<boolean> {
  if (!(await settleFolder(folder))) throw new Error(`${folder}: files are being replaced there; try again`);
  const aside = path.join(folder, asideName);
  if (await isNoFolder(aside)) throw new Error(`${aside} is in the way: it is no folder of a training run; move it`);
  const files = await listedFiles(path.join(aside, listName));
  const isAside = await exists(path.join(aside, runFiles.config));
  const isNew = isAside && (await exists(path.join(folder, runFiles.config)));
  if (isAside && !isNew) await putBack(folder, aside, files);
  if (isNew) for (const file of [...configFirst(files)].reverse()) await rm(path.join(aside, file), { force: true });
  await rm(aside, { recursive: true, force: true });
  return isAside && !isNew;
}

async function putBack(folder: string, aside: string, files: readonly string[]): Promise<void> {
  const fresh = Object.values<string>(runFiles).filter(name => !files.includes(name));
  for (const name of fresh) await rm(path.join(folder, name), { force: true });
  await move([...configFirst(files)].reverse(), aside, folder);
}

/** Moves files, and removes the folders that are empty then. Files that were moved already are left out. */
async function move(files: readonly string[], from: string, to: string): Promise<void> {
  for (const file of files) {
    const target = path.join(to, file);
    if (path.dirname(file) !== '.') await makeFolder(path.dirname(target));
    await writing(target, () => renameOver(path.join(from, file), target)).catch((error: unknown) => {
      if ((error as WriteError).code !== 'ENOENT') throw error;
    });
  }
  const folders = [...new Set(files.flatMap(foldersOf))].sort((a, b) => b.length - a.length);
  for (const below of folders) await rmdir(path.join(from, below)).catch(() => undefined); // others' files lie there
}

/** The folders that a relative path leads through, such as `a/b` and `a` of `a/b/c`. */
function foldersOf(file: string): string[] {
  const folder = path.dirname(file);
  return folder === '.' ? [] : [folder, ...foldersOf(folder)];
}

function configFirst(files: readonly string[]): string[] {
  return [...files].sort((a, b) => Number(b === runFiles.config) - Number(a === runFiles.config));
}

async function listedFiles(list: string): Promise<readonly string[]> {
  try {
    const files = listSchema.parse(parseJson(await readRegularFile(list, 100 * largestRunFile)));
    return files.filter(file => !path.isAbsolute(file) && !file.split(/[\\/]/).includes('..'));
  } catch {
    return [];
  }
}

/** Whether something else than a folder is there, such as a link. */
async function isNoFolder(at: string): Promise<boolean> {
  const found = await lstat(at).catch(() => undefined);
  return found !== undefined && !found.isDirectory();
}

function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
