import path from 'node:path';
import { isImageName, isSkippedFolder } from '../../../mask/files/fileNames';
import { removeAbandonedFolders } from './localFolder';
import { ObjectStore } from './objectStore';
import { commonStart, mayBelong, photoObjects } from './photoObjects';
import { checkPhotoName } from './photoName';
import { PlaceError, type ListOptions, type OpenOptions, type OpenPhoto, type PhotoPlace } from './photoPlace';
import { copyPhoto, isSameFolder, type StoreFolder } from './storedPhoto';
import { StoreRuns } from './storeRuns';
import { StoreClasses } from './storeClasses';
import { parseStoreUrl } from './storeUrl';

/** Attempts to copy results while somebody else writes them. */
const mostAttempts = 5;

/** Photos in an object store and their results in the same or in another one. */
export class StorePlace implements PhotoPlace {
  private readonly classes: StoreClasses;

  private constructor(
    readonly name: string,
    private readonly photos: StoreFolder,
    private readonly results: StoreFolder,
  ) {
    this.classes = new StoreClasses(photos.store, photos.prefix);
  }

  /**
   * Opens `s3://bucket/prefix`. What killed processes left of copies is deleted.
   * @throws PlaceError
   */
  static async open(photos: string, results = photos): Promise<StorePlace> {
    const [from, to] = [parseStoreUrl(photos), parseStoreUrl(results)];
    await removeAbandonedFolders();
    const store = await ObjectStore.open(from.bucket);
    const resultStore = to.bucket === from.bucket ? store : await ObjectStore.open(to.bucket);
    return new StorePlace(from.name, { store, prefix: from.prefix }, { store: resultStore, prefix: to.prefix });
  }

  async prepare(signal?: AbortSignal): Promise<void> {
    for (const { store, prefix } of [this.photos, this.results]) await store.check(prefix, signal);
  }

  async *list({ recursive, signal }: ListOptions): AsyncGenerator<string> {
    const { store, prefix } = this.photos;
    const runs = new StoreRuns(store);
    for await (const { key } of store.list(prefix, { flat: !recursive, signal })) {
      const photo = key.slice(prefix.length);
      const folders = photo.split('/').slice(0, -1);
      if (photo.endsWith('/') || !isImageName(path.posix.basename(photo)) || folders.some(isSkippedFolder)) continue;
      if (!(await runs.hold(key, signal))) yield photo;
    }
  }

  async open(photo: string, { largestBytes, signal }: OpenOptions): Promise<OpenPhoto> {
    checkPhotoName(photo, this.name);
    if (/[\p{Cc}\ufffd]/u.test(photo))
      throw new PlaceError('unusable', `${JSON.stringify(photo)} in ${this.name} has control characters; rename it`);
    for (let attempt = 0; attempt < mostAttempts; attempt++) {
      const opened = await this.copy(photo, { largestBytes, signal });
      if (opened) return opened;
    }
    throw new PlaceError('away', `the results of ${photo} in ${this.name} are being written by somebody else`);
  }

  /** Copies a photo; undefined where its results change meanwhile. */
  private async copy(photo: string, { largestBytes, signal }: OpenOptions): Promise<OpenPhoto | undefined> {
    const name = path.posix.basename(photo);
    const below = photo.slice(0, -name.length);
    const [photos, results] = [inFolder(this.photos, below), inFolder(this.results, below)];
    const beside = await objectsOf(name, photos, signal);
    if (!beside.has(name))
      throw new PlaceError('gone', `${photos.store.nameOf(`${photos.prefix}${name}`)} is no longer there`);
    const etags = isSameFolder(photos, results) ? beside : await objectsOf(name, results, signal);
    const found = photoObjects(name, [...beside.keys()], [...etags.keys()]);
    return copyPhoto({ name, photos, results, found, etags, classes: this.classes, largestBytes, signal });
  }
}

/** A folder in a folder of a store. */
function inFolder({ store, prefix }: StoreFolder, below: string): StoreFolder {
  return { store, prefix: `${prefix}${below}` };
}

/** Lists the objects in a folder that may belong to a photo. @returns their ETags, by name */
async function objectsOf(
  photo: string,
  { store, prefix }: StoreFolder,
  signal: AbortSignal | undefined,
): Promise<Map<string, string>> {
  const etags = new Map<string, string>();
  for await (const { key, etag } of store.list(`${prefix}${commonStart(photo)}`, { flat: false, signal })) {
    const name = key.slice(prefix.length);
    if (mayBelong(name, photo)) etags.set(name, etag);
  }
  return etags;
}
