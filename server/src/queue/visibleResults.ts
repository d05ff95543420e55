import { stat } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { QueueResults } from '../../../protocol/queueMessages';
import { checkPhotoName } from '../storage/photoName';
import { isStoreUrl } from '../storage/storeUrl';
import type { DonePhotos } from './newResults';

/** Tells which photos this machine sees, and where the others lie. */
export async function visibleResults(done: readonly DonePhotos[]): Promise<Omit<QueueResults, 'more'>> {
  const images: string[] = [];
  const elsewhere = new Set<string>();
  const maskFolders = new Set<string>();
  const isSeen = folderTest();
  for (const { places, photos } of done) {
    const results = places.results ?? places.photos;
    if (isStoreUrl(places.photos) || !(await isSeen(places.photos))) {
      elsewhere.add(results);
      continue;
    }
    if (path.resolve(results) !== path.resolve(places.photos)) maskFolders.add(results);
    for (const photo of photos.filter(name => isPhotoOf(name, places.photos)))
      images.push(pathToFileURL(path.join(places.photos, photo)).href);
  }
  return { images, elsewhere: [...elsewhere], maskFolders: [...maskFolders] };
}

/** Whether a folder is there, asked once for each. */
function folderTest(): (folder: string) => Promise<boolean> {
  const known = new Map<string, Promise<boolean>>();
  return folder => {
    const found =
      known.get(folder) ??
      stat(folder).then(
        entry => path.isAbsolute(folder) && entry.isDirectory(),
        () => false,
      );
    known.set(folder, found);
    return found;
  };
}

/** Whether a name, which anybody may have written into Redis, leads to a photo within its place. */
function isPhotoOf(name: string, place: string): boolean {
  try {
    checkPhotoName(name, place);
    return true;
  } catch {
    return false;
  }
}
