import path from 'node:path';
import { foldedName, isImageName, isOwnOutput, sameFileName } from '../../../../../mask/files/fileNames';
import { filesBelow } from './datasetFiles';
import type { PairedFiles } from './layout';

/**
 * Derives the keys by which an image and its labels find each other, the more telling first; none for a file that is
 * neither.
 */
type Keys = (relative: string) => readonly string[];

/**
 * Derives the keys of an image: its path, and its path without the extension. By the first, `photo.jpg.mask.png` is
 * of `photo.jpg` where `photo.png` lies beside it. Files that Labelless wrote have none.
 */
export const imageKeys: Keys = name => (isImageName(name) ? [name, name.replace(/\.[^./]*$/, '')] : []);

/** Makes keys for the files with a certain ending: their path without it. */
export function endingKeys(ending: RegExp): Keys {
  return name => (ending.test(name) ? [name.replace(ending, '')] : []);
}

/** A folder, and the keys of the files in it. */
interface KeyedFolder {
  /** Absolute path. */
  readonly folder: string;
  readonly keys: Keys;
}

/** Names the image that a label file says it is of, without folders; undefined where it does not say. */
export type OwnerOf = (label: string) => Promise<string | undefined>;

/** A label that may be an image's; of two, the one of lower rank fits better. */
interface Claim {
  readonly image: number;
  readonly label: number;
  readonly rank: number;
}

/**
 * Pairs files of two folders by key. Keys that differ in Unicode composition or in case alone are the same, unless a
 * file has the very key. A label that fits several images equally well belongs to the one that it names, or to none.
 * Either folder may lie in the other, which then leaves it out.
 * @throws FolderError
 */
export async function pairFiles(images: KeyedFolder, labels: KeyedFolder, ownerOf?: OwnerOf): Promise<PairedFiles> {
  const imageFiles = await filesBelow(images.folder, name => images.keys(name).length > 0, labels.folder);
  const labelFiles = await filesBelow(labels.folder, name => labels.keys(name).length > 0, images.folder);
  const [imageOf, labelOf] = [
    (index: number) => path.join(images.folder, imageFiles[index]!),
    (index: number) => path.join(labels.folder, labelFiles[index]!),
  ];
  const labelFor = new Map<number, number>();
  const claimed = claimsOf(imageFiles.map(images.keys), labelFiles.map(labels.keys));
  for (const [label, claims] of claimed) {
    const nearest = bestOf(claims);
    const owner = nearest.length > 1 ? await ownerOf?.(labelOf(label)) : undefined;
    const isOwner = ({ image }: Claim) =>
      owner !== undefined && foldedName(path.basename(imageOf(image))) === foldedName(owner);
    const [chosen, ...rivals] = nearest.length > 1 ? nearest.filter(isOwner) : nearest;
    if (!chosen || rivals.length > 0) continue;
    const other = labelFor.get(chosen.image);
    // Beside labels from elsewhere, a mask of Labelless's own is the lesser truth.
    if (other === undefined || isOwnOutput(labelFiles[other]!)) labelFor.set(chosen.image, label);
  }
  const used = new Set(labelFor.values());
  return {
    pairs: imageFiles.flatMap((_, image) => {
      const label = labelFor.get(image);
      return label === undefined ? [] : [{ image: imageOf(image), label: { file: labelOf(label) } }];
    }),
    imagesWithoutLabels: imageFiles.flatMap((_, image) => (labelFor.has(image) ? [] : [imageOf(image)])),
    labelsWithoutImage: labelFiles.flatMap((_, label) =>
      used.has(label) || claimed.has(label) ? [] : [labelOf(label)],
    ),
    undecidedLabels: labelFiles.flatMap((_, label) => (claimed.has(label) && !used.has(label) ? [labelOf(label)] : [])),
  };
}

/** By label, the images that it fits better than any other label does. */
function claimsOf(
  images: readonly (readonly string[])[],
  labels: readonly (readonly string[])[],
): Map<number, Claim[]> {
  const byKey = new Map<string, number[]>();
  const add = <Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value) => {
    const others = map.get(key);
    if (others) others.push(value);
    else map.set(key, [value]);
  };
  for (const [label, keys] of labels.entries()) for (const key of keys) add(byKey, foldedName(key), label);
  const claims = new Map<number, Claim[]>();
  for (const [image, keys] of images.entries()) {
    const fitting = keys.flatMap((key, place) =>
      (byKey.get(foldedName(key)) ?? []).map(label => ({
        image,
        label,
        rank: 3 * place + distance(key, labels[label]!),
      })),
    );
    for (const claim of bestOf(fitting)) add(claims, claim.label, claim);
  }
  return claims;
}

function bestOf(claims: readonly Claim[]): Claim[] {
  const best = Math.min(...claims.map(({ rank }) => rank));
  return claims.filter(({ rank }) => rank === best);
}

/** How far a key is from the nearest of others: 0 is the same, 1 composed otherwise, 2 in other case. */
function distance(key: string, others: readonly string[]): number {
  if (others.includes(key)) return 0;
  return others.some(other => sameFileName(other, key)) ? 1 : 2;
}
