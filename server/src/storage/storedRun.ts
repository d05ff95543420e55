import { existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { sha256 } from '../../../files/sha256';
import { writing } from '../../../files/writeError';
import { checkpointsToRead, largestCheckpoint } from '../engine/adaptation/run/checkpoint';
import { readRunExperiment } from '../engine/adaptation/run/runFolder';
import { largestRunFile, runFiles, runFolders } from '../engine/experiment/trainingRunMark';
import { makeLocalFolder, removeAbandonedFolders, removeLocalFolder } from './localFolder';
import { isUnchanged, ObjectStore } from './objectStore';
import { PlaceError } from './photoPlace';
import { parseStoreUrl, type StoreUrl } from './storeUrl';

/**
 * Copies what prediction reads of a training run in an object store into a folder of the cache, unless it is there
 * already: its name follows from the digests and ETags of the files. The run's folder keeps its own name in it, since
 * masks tell that of their network.
 * @param cache the folder of all copies, made where it is missing
 * @returns the run's local folder
 * @throws PlaceError
 * @throws WriteError
 */
export async function copyRun(url: string, cache: string, signal: AbortSignal | undefined): Promise<string> {
  const place = parseStoreUrl(url);
  const store = await ObjectStore.open(place.bucket);
  await writing(cache, () => mkdir(cache, { recursive: true }));
  await removeAbandonedFolders(cache);
  const folder = await makeLocalFolder(cache);
  const name = path.posix.basename(place.name);
  const run = path.join(folder, name);
  try {
    await makeFolders(run);
    const described = await copyDescription(store, place, run, signal);
    const checkpoints = await chooseCheckpoints(store, place, run, signal);
    const kept = path.join(cache, sha256(JSON.stringify([place.name, described, checkpoints])).slice(0, 32));
    if (!existsSync(kept)) {
      for (const [checkpoint, etag] of checkpoints)
        await copyFile(store, place, run, checkpoint, { largest: largestCheckpoint, etag, signal });
      await rename(folder, kept).catch((error: unknown) => {
        if (!existsSync(kept)) throw error; // another process was faster
      });
    }
    return path.join(kept, name);
  } finally {
    await removeLocalFolder(folder);
  }
}

async function makeFolders(run: string): Promise<void> {
  const checkpoints = path.join(run, runFolders.checkpoints);
  await writing(checkpoints, () => mkdir(checkpoints, { recursive: true }));
}

/** Copies the small files by which a folder is a run. @returns their digests */
async function copyDescription(
  store: ObjectStore,
  place: StoreUrl,
  run: string,
  signal: AbortSignal | undefined,
): Promise<string[]> {
  const digests = [];
  for (const name of [runFiles.config, runFiles.classes])
    digests.push(await copyFile(store, place, run, name, { largest: largestRunFile, signal }));
  return digests;
}

/** Chooses the checkpoints that prediction reads. @returns their names in the run's folder, with their ETags */
async function chooseCheckpoints(
  store: ObjectStore,
  { prefix, name }: StoreUrl,
  run: string,
  signal: AbortSignal | undefined,
): Promise<[name: string, etag: string][]> {
  const experiment = await readRunExperiment(run).catch((cause: unknown) => {
    throw new PlaceError('setup', `${name}/${runFiles.config} is damaged; copy the run there again`, { cause });
  });
  const etags = new Map<string, string>();
  const folder = `${prefix}${runFolders.checkpoints}/`;
  for await (const { key, etag } of store.list(folder, { flat: true, signal }))
    etags.set(key.slice(folder.length), etag);
  const chosen = experiment ? checkpointsToRead([...etags.keys()], experiment) : [];
  if (chosen.length === 0) throw new PlaceError('missing', `${name} has no checkpoint yet; train it first`);
  return chosen.map(file => [`${runFolders.checkpoints}/${file}`, etags.get(file)!]);
}

/** Copies a file of a run. @returns its digest */
async function copyFile(
  store: ObjectStore,
  { prefix, name }: StoreUrl,
  run: string,
  file: string,
  { largest, etag, signal }: { largest: number; etag?: string; signal: AbortSignal | undefined },
): Promise<string> {
  const read = await store.download(`${prefix}${file}`, path.join(run, file), largest, signal);
  if (!read)
    throw new PlaceError(
      'missing',
      `${name} is no training run: ${file} is not there; a run is a folder with all its files`,
    );
  if (etag !== undefined && !isUnchanged(read, etag))
    throw new PlaceError('away', `${name}/${file} was written to while it was copied; try again`);
  return read.sha256;
}
