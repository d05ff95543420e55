import type { OutputFormat } from '../../../protocol/names';
import { FolderPlace } from './folderPlace';
import { PlaceError, type PhotoPlace } from './photoPlace';
import { copyRun } from './storedRun';
import { StorePlace } from './storePlace';
import { isStoreUrl } from './storeUrl';

/** Where photos and their results lie, as users write it: a folder, or `s3://bucket/prefix`. */
export interface PlaceNames {
  readonly photos: string;
  /** Undefined: beside the photos. */
  readonly results: string | undefined;
  /** What is written: formats with lists that all photos share need a folder. */
  readonly formats?: readonly OutputFormat[];
}

/** Opens the places of photos and results, both folders or both in object stores. @throws PlaceError */
export async function openPhotoPlace({ photos, results = photos, formats = [] }: PlaceNames): Promise<PhotoPlace> {
  if (!isStoreUrl(photos) && !isStoreUrl(results)) return new FolderPlace(photos, results);
  if (!isStoreUrl(photos) || !isStoreUrl(results))
    throw new PlaceError('setup', 'photos and results must both be in folders, or both in object stores');
  const shared = formats.find(format => format === 'voc' || format === 'yolo');
  if (shared !== undefined)
    throw new PlaceError(
      'setup',
      `${shared} has lists that all photos share and cannot be written into an object store: ` +
        'write masks, copy them into a folder, and export them there',
    );
  return StorePlace.open(photos, results);
}

/**
 * Makes the folder of a training run a local one: itself, or for an object store a copy of the files that prediction
 * reads, which later calls use again as long as they are the same in the store.
 * @param run a folder or `s3://bucket/prefix`
 * @param cache the folder that copies are kept in
 * @throws PlaceError
 * @throws WriteError
 */
export async function localRunFolder(run: string, cache: string, signal?: AbortSignal): Promise<string> {
  return isStoreUrl(run) ? copyRun(run, cache, signal) : run;
}
