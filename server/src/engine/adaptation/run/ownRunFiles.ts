import type { Stats } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import { tidyFolder } from '../../../../../files/leftovers';
import { runFiles, runFolders } from '../../experiment/trainingRunMark';
import { isCheckpointName } from './checkpoint';
import { isPredictionName } from './predictions';

/**
 * The files of a run that is in a folder, relative to it: those whose names a run gives, in its folders too. Files that
 * others put there are none of them. Links are none either.
 */
export async function ownRunFiles(folder: string): Promise<string[]> {
  const files = await filesIn(folder, '', name => Object.values<string>(runFiles).includes(name));
  files.push(...(await filesIn(folder, runFolders.checkpoints, isCheckpointName)));
  for (const picture of await namesIn(path.join(folder, runFolders.predictions)))
    files.push(...(await filesIn(folder, path.join(runFolders.predictions, picture), isPredictionName)));
  return files;
}

async function filesIn(folder: string, below: string, isOwn: (name: string) => boolean): Promise<string[]> {
  const found: string[] = [];
  if (!(await stats(path.join(folder, below)))?.isDirectory()) return found;
  for (const name of await namesIn(path.join(folder, below))) {
    const file = path.join(below, name);
    if (isOwn(name) && (await stats(path.join(folder, file)))?.isFile()) found.push(file);
  }
  return found;
}

/**
 * Checks that nothing lies where a new run writes.
 * @throws Error that names the first file in the way
 */
export async function checkNothingInTheWay(folder: string): Promise<void> {
  for (const name of Object.values(runFiles))
    if (await stats(path.join(folder, name))) throw inTheWay(path.join(folder, name));
  for (const name of Object.values(runFolders)) {
    const at = path.join(folder, name);
    const found = await stats(at);
    if (!found) continue;
    const [first] = found.isDirectory() ? await namesIn(at) : [''];
    if (first !== undefined) throw inTheWay(path.join(at, first));
  }
}

function inTheWay(file: string): Error {
  return new Error(
    `${file} is in the way: it is no training run's, and a run would write there; ` +
      'name a folder of its own as output.folder, or move the file',
  );
}

/**
 * Checks that each file and folder of a run is what its name says, and no link: a run neither writes nor deletes
 * through links. The run's folder itself may be one, as where runs are kept on another disk.
 * @throws Error that names the first that is not
 */
export async function checkKinds(folder: string): Promise<void> {
  for (const name of Object.values(runFiles)) await checkKind(path.join(folder, name), 'file');
  for (const name of Object.values(runFolders)) {
    const at = path.join(folder, name);
    if (!(await checkKind(at, 'folder'))) continue;
    for (const entry of await namesIn(at)) {
      if (name === runFolders.checkpoints) {
        if (isCheckpointName(entry)) await checkKind(path.join(at, entry), 'file');
      } else await checkPredictions(path.join(at, entry));
    }
  }
}

async function checkPredictions(folder: string): Promise<void> {
  const found = await stats(folder);
  if (found?.isSymbolicLink()) throw notWritten(folder, 'a link');
  if (!found?.isDirectory()) return;
  for (const name of await namesIn(folder))
    if (isPredictionName(name)) await checkKind(path.join(folder, name), 'file');
}

async function checkKind(at: string, kind: 'file' | 'folder'): Promise<boolean> {
  const found = await stats(at);
  if (!found) return false;
  if (found.isSymbolicLink()) throw notWritten(at, 'a link');
  if (kind === 'file' ? !found.isFile() : !found.isDirectory()) throw notWritten(at, `no ${kind}`);
  return true;
}

function notWritten(file: string, what: string): Error {
  return new Error(
    `${file} is ${what}, and a training run does not write there; move it, or name another output.folder`,
  );
}

/** Deletes what processes that were killed left half-written in a run's folders. */
export async function tidyRunFolders(folder: string): Promise<void> {
  const predictions = path.join(folder, runFolders.predictions);
  const pictures = (await namesIn(predictions)).map(name => path.join(predictions, name));
  for (const at of [path.join(folder, runFolders.checkpoints), ...pictures]) await tidyFolder(at);
}

/** What lies at a path, with links not followed; undefined where nothing does. */
async function stats(at: string): Promise<Stats | undefined> {
  return await lstat(at).catch(() => undefined);
}

async function namesIn(folder: string): Promise<string[]> {
  return (await readdir(folder).catch(() => [])).sort();
}
