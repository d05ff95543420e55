import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { hashRegularFile } from '../../../files/regularFile';
import { isMaskName, isOwnFolder, sidecarName } from '../../../mask/files/fileNames';
import { posixPath } from '../engine/common/relativePath';
import type { ObjectStore, ReadObject } from './objectStore';
import { PlaceError } from './photoPlace';

/**
 * Results are written one after the other, and a writer may be killed in between. The sidecar comes first: it is what
 * people change when they approve a mask or name its labels, and while it is unchanged the mask is nobody's work. The
 * mask comes last. Notes at both tell whether the writer came so far.
 */
const notes = {
  /** At a sidecar: the digest of the mask that was there when it was written. */
  maskBefore: 'labelless-mask-before',
  /** At a mask: the digest of its sidecar. */
  sidecar: 'labelless-sidecar',
} as const;
const none = 'none';

/** What a store has of a photo's results, by name. */
export type StoredResults = Map<string, ReadObject>;

interface Publication {
  /** The local folder of the results. */
  readonly output: string;
  /** The names in it that are no results. */
  readonly ignored: ReadonlySet<string>;
  /** What the store had when the photo was opened. */
  readonly before: StoredResults;
  readonly results: { readonly store: ObjectStore; readonly prefix: string };
  readonly signal: AbortSignal | undefined;
}

/** Whether the writer of a mask's sidecar has ended before it wrote the mask. */
export function isHalfPublished(mask: string, before: StoredResults): boolean {
  const sidecar = before.get(sidecarName(mask));
  const present = before.get(mask);
  if (sidecar?.notes[notes.maskBefore] !== (present?.sha256 ?? none)) return false;
  return present?.notes[notes.sidecar] !== sidecar.sha256;
}

/**
 * Writes the results that are new or have changed into the store: what was kept of an earlier mask, the sidecar,
 * exports, and the mask. What somebody else wrote meanwhile is left as it is, and so is all that follows.
 * @throws PlaceError
 */
export async function publishResults(publication: Publication): Promise<void> {
  const { output, before } = publication;
  const digests = new Map<string, string>();
  for (const name of await resultsIn(publication)) digests.set(name, await hashRegularFile(path.join(output, name)));
  const names = [...digests.keys()];
  const masks = new Map(names.filter(isMaskName).map(mask => [sidecarName(mask), mask]));
  const hasChanged = (name: string) => digests.get(name) !== before.get(name)?.sha256;
  const isWanted = (name: string) =>
    hasChanged(name) || (isMaskName(name) && (hasChanged(sidecarName(name)) || isHalfPublished(name, before)));
  const notesAt = (name: string): Readonly<Record<string, string>> => {
    if (isMaskName(name)) return { [notes.sidecar]: digests.get(sidecarName(name)) ?? none };
    const mask = masks.get(name);
    return mask === undefined ? {} : { [notes.maskBefore]: before.get(mask)?.sha256 ?? none };
  };
  const rank = (name: string) => {
    if (/\.previous-\d+$/.test(name)) return 0;
    if (masks.has(name)) return 1;
    return isMaskName(name) ? 3 : 2;
  };
  for (const name of names.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1)))
    if (isWanted(name)) await write(name, publication, digests, notesAt(name));
  await removeOldClasses(digests, publication);
}

/** The names of the files in the local folder that may be results. */
async function resultsIn({ output, ignored }: Publication): Promise<string[]> {
  const entries = await readdir(output, { recursive: true, withFileTypes: true });
  return entries
    .filter(entry => entry.isFile())
    .map(entry => posixPath(path.relative(output, path.join(entry.parentPath, entry.name))))
    .filter(name => !ignored.has(name) && !name.startsWith('.labelless'));
}

async function write(
  name: string,
  { output, before, results: { store, prefix }, signal }: Publication,
  digests: ReadonlyMap<string, string>,
  added: Readonly<Record<string, string>>,
): Promise<void> {
  const key = `${prefix}${name}`;
  const expected = before.get(name) ?? 'none';
  if (await store.upload(key, path.join(output, name), { expected, notes: added, signal })) return;
  const now = await store.digest(key, signal);
  if (now?.sha256 !== digests.get(name))
    throw new PlaceError(
      'changed',
      `${store.nameOf(key)} was changed by somebody else meanwhile, and is left as it is`,
    );
}

/** Deletes the masks for classes that an earlier export wrote and this one did not. */
async function removeOldClasses(
  present: ReadonlyMap<string, unknown>,
  { before, results: { store, prefix }, signal }: Publication,
): Promise<void> {
  for (const [name, { etag }] of before)
    if (!present.has(name) && isOwnFolder(path.posix.dirname(name)))
      await store.remove(`${prefix}${name}`, etag, signal);
}
