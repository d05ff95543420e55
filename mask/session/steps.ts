import type { MaskStatus } from '../document/maskStatus';
import { listed, pathOrder, type ListView, type SessionImage } from './imageList';

/** The ways from an image of a session to another. */
export type Step = 'next' | 'previous' | 'nextUnapproved' | 'nextUncertain';

/** The images of a session and where its user is. Images are named by their indices. */
export interface Place {
  readonly images: readonly SessionImage[];
  readonly view: ListView;
  /** The image that the user looks at; undefined before the first. */
  readonly current: number | undefined;
}

/**
 * The index of an image. That of one that has been deleted or renamed is that of the image before it, so that the next
 * one is behind both; undefined where there is none before.
 * @param images sorted by `sortByPath`
 * @param language with which they were sorted
 */
export function placeOf(images: readonly SessionImage[], path: string, language?: string): number | undefined {
  const own = images.findIndex(image => image.path === path);
  if (own >= 0) return own;
  const order = pathOrder(language);
  const before = images.findLastIndex(image => order(image.path, path) < 0);
  return before < 0 ? undefined : before;
}

/** Whether an image is still to be decided: it is neither approved nor skipped. */
function isOpen({ status }: SessionImage): boolean {
  return status !== 'approved' && status !== 'skipped';
}

/**
 * The images behind the current one as they are listed, then, going round, those before it. The current one has its
 * place in the order although the filters may not list it any more.
 */
function around({ images, view, current }: Place): { behind: number[]; before: number[] } {
  const shown = listed(images, view);
  if (current === undefined) return { behind: shown, before: [] };
  let at = shown.indexOf(current);
  if (at >= 0) return { behind: shown.slice(at + 1), before: shown.slice(0, at) };
  const every = listed(images, { ...view, text: '', status: null, class: null });
  const rank = new Map(every.map((index, place) => [index, place]));
  const own = rank.get(current) ?? -1;
  at = shown.findIndex(index => rank.get(index)! > own);
  return at < 0 ? { behind: [], before: shown } : { behind: shown.slice(at), before: shown.slice(0, at) };
}

/**
 * The image to which a step leads; undefined where there is none. *Next* and *previous* end at the ends of the list;
 * the others go round, and lead only to images that are neither approved nor skipped.
 * @param seen indices of images that the user has looked at: *next most uncertain* leads away from them, to them last
 */
export function stepFrom(place: Place, step: Step, seen: ReadonlySet<number>): number | undefined {
  const { images } = place;
  const { behind, before } = around(place);
  switch (step) {
    case 'next':
      return behind[0];
    case 'previous':
      return before.at(-1);
    case 'nextUnapproved':
      return [...behind, ...before].find(index => isOpen(images[index]!));
    case 'nextUncertain': {
      const open = [...behind, ...before].filter(index => isOpen(images[index]!));
      const unseen = open.filter(index => !seen.has(index));
      return mostTelling(images, unseen.length > 0 ? unseen : open, seen);
    }
  }
}

/** The images of some statuses that a user comes to next: by default those without a mask. */
export function imagesAhead(place: Place, count: number, statuses: readonly MaskStatus[] = ['none']): number[] {
  const { behind, before } = around(place);
  return [...behind, ...before].filter(index => statuses.includes(place.images[index]!.status)).slice(0, count);
}

/**
 * The image among some from which a network would learn most: an uncertain one, and not beside those that a person has
 * labelled or looked at, since neighbours by name are often pictures of one scene. Uncertainty counts in proportion to
 * the distance from the nearest of them, up to half of what lies between them on average: docs/labelling.md.
 */
function mostTelling(
  images: readonly SessionImage[],
  among: readonly number[],
  seen: ReadonlySet<number>,
): number | undefined {
  const isKnown = ({ status }: SessionImage, index: number) =>
    status === 'approved' || status === 'edited' || seen.has(index);
  const known = images.map(isKnown);
  const distances = distancesFrom(known);
  const reach = Math.max(1, images.length / (2 * (1 + known.filter(Boolean).length)));
  const uncertainty = (index: number) => images[index]!.uncertainty ?? -1; // unknown: last
  const worth = (index: number) => uncertainty(index) * Math.min(1, distances[index]! / reach);
  const isBetter = (a: number, b: number) => (worth(a) - worth(b) || uncertainty(a) - uncertainty(b)) > 0;
  return among.reduce<number | undefined>(
    (best, index) => (best === undefined || isBetter(index, best) ? index : best),
    undefined,
  );
}

/** By place: how far the nearest marked place is; 0 at a marked one, `Infinity` where there is none. */
function distancesFrom(marked: readonly boolean[]): number[] {
  const distances = marked.map(isMarked => (isMarked ? 0 : Infinity));
  for (let at = 1; at < distances.length; at++) distances[at] = Math.min(distances[at]!, distances[at - 1]! + 1);
  for (let at = distances.length - 2; at >= 0; at--) distances[at] = Math.min(distances[at]!, distances[at + 1]! + 1);
  return distances;
}
