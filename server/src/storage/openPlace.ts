import { FolderPlace } from './folderPlace';
import { PlaceError, type PhotoPlace } from './photoPlace';

/** Where photos and their results lie, as users write it: a folder, or `s3://bucket/prefix`. */
export interface PlaceNames {
  readonly photos: string;
  /** Undefined: beside the photos. */
  readonly results: string | undefined;
}

/** Opens the places of photos and results, both folders or both in object stores. @throws PlaceError */
export function openPhotoPlace({ photos, results }: PlaceNames): Promise<PhotoPlace> {
  if (isStoreUrl(photos) || (results !== undefined && isStoreUrl(results)))
    return Promise.reject(new PlaceError('setup', 'photos in an object store cannot be segmented yet'));
  return Promise.resolve(new FolderPlace(photos, results));
}

/**
 * Makes the folder of a training run a local one: itself, or for an object store a copy of the files that prediction
 * reads, which later calls use again as long as they are the same in the store.
 * @param run a folder or `s3://bucket/prefix`
 * @param cache the folder that copies are kept in
 * @throws PlaceError
 */
export function localRunFolder(run: string, cache: string, signal?: AbortSignal): Promise<string> {
  signal?.throwIfAborted();
  if (isStoreUrl(run))
    return Promise.reject(new PlaceError('setup', `a network in an object store cannot be copied to ${cache} yet`));
  return Promise.resolve(run);
}

/** Whether a place is in an object store, by what a user wrote. */
export function isStoreUrl(name: string): boolean {
  return /^s3:\/\//i.test(name);
}
