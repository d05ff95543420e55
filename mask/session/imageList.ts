import type { MaskStatus } from '../document/maskStatus';

/** An image of a labelling session as its list shows it. */
export interface SessionImage {
  /** Path from the session's folder, with `/` between its parts. */
  readonly path: string;
  readonly status: MaskStatus;
  /** The number of its labels. */
  readonly labels: number;
  /** The ids of the classes of its labels. */
  readonly classes: readonly number[];
  /** See `uncertaintyOf`; null where it is not known. */
  readonly uncertainty: number | null;
  /** What is wrong with its mask, a clause. */
  readonly problem?: string;
}

/**
 * The orders of the list. Images that are equal in one are by name; those without a mask come last by uncertainty and
 * by the number of labels, and before them those of unknown uncertainty.
 */
export const listOrders = ['name', 'status', 'uncertainty', 'fewest', 'most'] as const;
export type ListOrder = (typeof listOrders)[number];

/** Which images of a session are listed, and in what order. */
export interface ListView {
  /** A part of the path, whatever its case; all images where it is empty. */
  readonly text: string;
  /** Null: of every status. */
  readonly status: MaskStatus | null;
  /** The id of a class that the image has; null: of every class. */
  readonly class: number | null;
  readonly order: ListOrder;
}

/** All images, by name. */
export const wholeList: ListView = { text: '', status: null, class: null, order: 'name' };

/** By status: its place in the order by status, what is to be done first. */
const statusRank: Record<MaskStatus, number> = { none: 0, proposed: 1, edited: 2, approved: 3, skipped: 4 };

/** The rank of what comes last. */
const last = Number.MAX_VALUE;

/**
 * The order of paths as people count: `b9` before `b10`.
 * @param language whose alphabet counts
 */
export function pathOrder(language?: string): (a: string, b: string) => number {
  const { compare } = new Intl.Collator(language, { numeric: true });
  return (a, b) => compare(a, b) || (a < b ? -1 : 1);
}

/** Sorts images in place by their paths, see `pathOrder`. The other functions expect them so. */
export function sortByPath<T extends { readonly path: string }>(images: T[], language?: string): T[] {
  const order = pathOrder(language);
  return images.sort((a, b) => order(a.path, b.path));
}

/** The rank of an image in the orders other than by name; lower ranks come first. */
const rankIn: Record<Exclude<ListOrder, 'name'>, (image: SessionImage) => number> = {
  status: ({ status }) => statusRank[status],
  uncertainty: ({ status, uncertainty }) => (status === 'none' ? last : uncertainty === null ? 0 : -1 - uncertainty),
  fewest: ({ status, labels }) => (status === 'none' ? last : labels),
  most: ({ status, labels }) => (status === 'none' ? last : -labels),
};

/** Lists a view's images: their indices, in order. */
export function listed(images: readonly SessionImage[], view: ListView): number[] {
  const text = view.text.trim().toLowerCase();
  const indices = [...images.keys()].filter(index => {
    const { path, status, classes } = images[index]!;
    return (
      (view.status === null || status === view.status) &&
      (view.class === null || classes.includes(view.class)) &&
      (text === '' || path.toLowerCase().includes(text))
    );
  });
  if (view.order === 'name') return indices;
  const ranks = images.map(rankIn[view.order]);
  return indices.sort((a, b) => ranks[a]! - ranks[b]! || a - b);
}

/** How many images have each status. */
export function countByStatus(images: readonly SessionImage[]): Record<MaskStatus, number> {
  const counts: Record<MaskStatus, number> = { none: 0, proposed: 0, edited: 0, approved: 0, skipped: 0 };
  for (const { status } of images) counts[status]++;
  return counts;
}
