import { createHash } from 'node:crypto';
import { listedName } from './dataListing';

/** The smallest number of pictures of which some are held out. */
export const fewestToHoldOut = 5;

/** The pictures to train on, and those that are held out; each in their former order. */
export interface PictureSplit<T> {
  readonly trained: readonly T[];
  readonly heldOut: readonly T[];
}

/**
 * Splits pictures by a hash of their paths, so that others that are added move none of them. The number held out is
 * about `share` of all: where chance would have it below half of that or above twice, the hash that comes next decides.
 * Of at least five pictures one at least is held out, and a quarter at least is trained on; of fewer none is held out.
 * @param root the folder that paths are relative to, so that copies elsewhere are split alike
 * @param share 0 … 0.5; 0 holds out none
 */
export function splitPictures<T extends { readonly image: string }>(
  items: readonly T[],
  root: string,
  share: number,
): PictureSplit<T> {
  if (share === 0 || items.length < fewestToHoldOut) return { trained: items, heldOut: [] };
  const byHash = items.map(item => ({ item, hash: hashOf(item.image, root) })).sort((a, b) => a.hash - b.hash);
  const expected = share * items.length;
  const [least, most] = [
    Math.max(1, Math.floor(expected / 2)),
    Math.min(Math.ceil(2 * expected), Math.floor(0.75 * items.length)),
  ];
  const below = byHash.filter(({ hash }) => hash < share).length;
  const count = Math.min(most, Math.max(least, below));
  const chosen = new Set(byHash.slice(0, count).map(({ item }) => item));
  return { trained: items.filter(item => !chosen.has(item)), heldOut: items.filter(item => chosen.has(item)) };
}

/** Returns the place of a picture in 0 … 1 by the hash of its path. */
function hashOf(image: string, root: string): number {
  return createHash('sha256').update(listedName(image, root)).digest().readUInt32BE() / 2 ** 32;
}
