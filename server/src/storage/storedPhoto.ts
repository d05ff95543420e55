import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { writing, type WriteError } from '../../../files/writeError';
import { classFileName } from '../../../mask/classes/classFileName';
import { isMaskName, namesWithMask, sidecarName } from '../../../mask/files/fileNames';
import { summarizeSidecar } from '../../../mask/files/sidecarSummary';
import { classesOfFolder } from '../engine/common/classesOfImage';
import { makeLocalFolder, removeLocalFolder } from './localFolder';
import { isUnchanged, type ObjectStore } from './objectStore';
import type { PhotoObjects } from './photoObjects';
import { PlaceError, type OpenPhoto } from './photoPlace';
import { isHalfPublished, publishResults, type StoredResults } from './publishResults';
import type { StoreClasses } from './storeClasses';

/** A folder of a bucket: what the keys of its objects begin with. */
export interface StoreFolder {
  readonly store: ObjectStore;
  /** Empty, or with a `/` at its end. */
  readonly prefix: string;
}

/** A photo of a store and what is there of it. */
export interface PhotoToCopy {
  readonly name: string;
  readonly photos: StoreFolder;
  readonly results: StoreFolder;
  readonly found: PhotoObjects;
  /** The ETags of its results when they were listed, by name. */
  readonly etags: ReadonlyMap<string, string>;
  readonly classes: StoreClasses;
  readonly largestBytes: number;
  readonly signal: AbortSignal | undefined;
}

/** The largest result in bytes that is copied: that of the readers of masks. */
const largestResult = 1e9;

/**
 * Copies a photo, its results and the class file that holds for it into a new temporary folder.
 * @returns undefined where results were written meanwhile, so that they do not belong together
 * @throws PlaceError
 * @throws WriteError
 */
export async function copyPhoto(photo: PhotoToCopy): Promise<OpenPhoto | undefined> {
  const folder = await makeLocalFolder();
  const release = () => removeLocalFolder(folder);
  try {
    await copyClasses(photo, folder);
    const isTogether = isSameFolder(photo.photos, photo.results);
    const input = path.join(folder, 'photos');
    const output = isTogether ? input : path.join(folder, 'results');
    for (const at of new Set([input, output])) await writing(at, () => mkdir(at));
    const file = await copyImage(photo, input);
    const before = await copyResults(photo, output);
    if (!before) {
      await release();
      return undefined;
    }
    await markOthers(photo, isTogether ? [input] : [input, output]);
    await leaveOutHalves(photo.found.masks, output, before);
    const ignored = new Set([photo.name, ...photo.found.others]);
    return {
      name: photo.photos.store.nameOf(`${photo.photos.prefix}${photo.name}`),
      file,
      output,
      publish: signal => publishResults({ output, ignored, before, results: photo.results, signal }),
      release,
    };
  } catch (error) {
    await release();
    throw error;
  }
}

/** Whether two folders of stores are the same. */
export function isSameFolder(a: StoreFolder, b: StoreFolder): boolean {
  return a.store.bucket === b.store.bucket && a.prefix === b.prefix;
}

async function copyClasses({ classes, photos, signal }: PhotoToCopy, folder: string): Promise<void> {
  const content = await classes.nearest(photos.prefix, path.join(folder, 'scratch'), signal);
  const file = path.join(folder, classFileName);
  if (content) await writing(file, () => writeFile(file, content));
  else if (await classesOfFolder(folder))
    throw new PlaceError(
      'setup',
      `a ${classFileName} in ${os.tmpdir()} or above it would hold for photos of the store: ` +
        'remove it, or set TMPDIR to another folder',
    );
}

async function copyImage({ name, photos, largestBytes, signal }: PhotoToCopy, input: string): Promise<string> {
  const file = path.join(input, name);
  const key = `${photos.prefix}${name}`;
  if (!(await photos.store.download(key, file, largestBytes, signal)))
    throw new PlaceError('gone', `${photos.store.nameOf(key)} is no longer there`);
  return file;
}

const again = { recursive: true };

/** @returns what the store has of the results; undefined where it is no longer what was listed */
async function copyResults(
  { results: { store, prefix }, found, etags, signal }: PhotoToCopy,
  output: string,
): Promise<StoredResults | undefined> {
  const before: StoredResults = new Map();
  for (const name of found.results) {
    const file = path.join(output, name);
    const folder = path.dirname(file);
    await writing(folder, () => mkdir(folder, again));
    const read = await store.download(`${prefix}${name}`, file, largestResult, signal);
    if (!read || !isUnchanged(read, etags.get(name))) return undefined;
    before.set(name, read);
    // A mask without classes has an empty folder for them, and stores have no folders.
    if (isMaskName(name)) await writing(file, () => mkdir(path.join(output, namesWithMask(name).classes), again));
  }
  return before;
}

/** Makes empty files of the names by which results get theirs. */
async function markOthers({ found, photos, name }: PhotoToCopy, folders: readonly string[]): Promise<void> {
  for (const other of found.others)
    for (const folder of folders)
      await writing(other, () => writeFile(path.join(folder, other), '', { flag: 'wx' })).catch((cause: unknown) => {
        if ((cause as WriteError).code !== 'EEXIST') throw cause;
        const { store, prefix } = photos;
        throw new PlaceError(
          'unusable',
          `${store.nameOf(`${prefix}${name}`)} and ${other} differ in case only, and are one file on this machine; ` +
            'rename one of them',
          { cause },
        );
      });
}

/**
 * Leaves out a mask whose sidecar was published without it, since its writer ended in between: it is no work of a
 * person, and is to be made again. So is the sidecar, where it is one of a proposal.
 */
async function leaveOutHalves(masks: readonly string[], output: string, before: StoredResults): Promise<void> {
  for (const mask of masks) {
    if (!isHalfPublished(mask, before)) continue;
    const sidecar = path.join(output, sidecarName(mask));
    await rm(path.join(output, mask), { force: true });
    if (await isProposal(sidecar)) await rm(sidecar);
  }
}

async function isProposal(sidecar: string): Promise<boolean> {
  const summary = summarizeSidecar(await readFile(sidecar));
  return 'status' in summary && summary.status === 'proposed';
}
