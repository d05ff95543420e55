import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { hashRegularFile } from '../../../files/regularFile';
import { isMaskName, isOwnFolder, namesWithMask } from '../../../mask/files/fileNames';
import { posixPath } from '../engine/common/relativePath';
import type { ObjectStore, ReadObject } from './objectStore';
import { PlaceError } from './photoPlace';

/**
 * A note at a mask: the SHA-256 of the sidecar that was there before the mask's own came, or `withoutSidecar`. The
 * sidecar is written last; while that note holds, the mask's writer has not come so far.
 */
export const sidecarBefore = 'labelless-sidecar-before';
export const withoutSidecar = 'none';

interface Publication {
  /** The local folder of the results. */
  readonly output: string;
  /** The names in it that are no results. */
  readonly ignored: ReadonlySet<string>;
  /** What the store has of the results, by name; it is kept up to date. */
  readonly before: Map<string, ReadObject>;
  readonly results: { readonly store: ObjectStore; readonly prefix: string };
  readonly signal: AbortSignal | undefined;
}

/**
 * Writes the results that are new or have changed into the store: what was kept of an earlier mask, exports, the mask,
 * and its sidecar last, since it names the mask's digest. What somebody else wrote meanwhile is left as it is.
 * @throws PlaceError
 */
export async function publishResults(publication: Publication): Promise<void> {
  const names = (await readdir(publication.output, { recursive: true, withFileTypes: true }))
    .filter(entry => entry.isFile())
    .map(entry => posixPath(path.relative(publication.output, path.join(entry.parentPath, entry.name))))
    .filter(name => !publication.ignored.has(name) && !name.startsWith('.labelless'));
  const masks = names.filter(isMaskName);
  const rank = (name: string) => {
    if (masks.includes(name)) return 2;
    if (masks.some(mask => namesWithMask(mask).sidecar === name)) return 3;
    return name.includes('.previous-') ? 0 : 1;
  };
  const ordered = names.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  for (const name of ordered) await publish(name, publication);
  await removeOldClasses(new Set(names), publication);
}

async function publish(name: string, { output, before, results, signal }: Publication): Promise<void> {
  const { store, prefix } = results;
  const file = path.join(output, name);
  const sha256 = await hashRegularFile(file);
  const known = before.get(name);
  if (known?.sha256 === sha256) return;
  const key = `${prefix}${name}`;
  const notes = isMaskName(name)
    ? { [sidecarBefore]: before.get(namesWithMask(name).sidecar)?.sha256 ?? withoutSidecar }
    : {};
  const isWritten = await store.upload(key, file, { expected: known ?? 'none', notes, signal });
  const now = isWritten ? undefined : await store.digest(key, signal);
  if (!isWritten && now?.sha256 !== sha256)
    throw new PlaceError(
      'changed',
      `${store.nameOf(key)} was changed by somebody else meanwhile, and is left as it is`,
    );
}

/** Deletes the masks for classes that an earlier export wrote and this one did not. */
async function removeOldClasses(
  names: ReadonlySet<string>,
  { before, results: { store, prefix }, signal }: Publication,
): Promise<void> {
  for (const [name, { etag }] of before)
    if (!names.has(name) && isOwnFolder(path.posix.dirname(name))) await store.remove(`${prefix}${name}`, etag, signal);
}
