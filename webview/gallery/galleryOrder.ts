import { language } from '../common/pageTexts';

/** The orders of the cards. */
export const orders = ['name', 'uncertain', 'fewest', 'most'] as const;
export type Order = (typeof orders)[number];

export interface OrderedItem {
  readonly name: string;
  /** The number of regions; null where there is no mask, or none yet. */
  readonly regions: number | null;
  /** The uncertainty of the mask, in [0, 1); null where it is not known. */
  readonly uncertainty: number | null;
}

const byName = new Intl.Collator(language, { numeric: true });

/** The rank of an item in each order; items with lower ranks come first. */
const ranks: Record<Order, (item: OrderedItem) => number> = {
  name: () => 0,
  uncertain: ({ regions, uncertainty }) =>
    uncertainty === null ? (regions === null ? Infinity : Number.MAX_VALUE) : -uncertainty,
  fewest: ({ regions }) => regions ?? Infinity,
  most: ({ regions }) => (regions === null ? Infinity : -regions),
};

/**
 * Sorts items. Those without a mask come last, those of unknown uncertainty before them; equal ones are sorted by name.
 */
export function sortItems<T extends OrderedItem>(items: readonly T[], order: Order): T[] {
  const rank = ranks[order];
  return items.toSorted((a, b) => {
    const [rankA, rankB] = [rank(a), rank(b)];
    return (rankA === rankB ? 0 : rankA - rankB) || byName.compare(a.name, b.name);
  });
}

/**
 * The state of the page that VS Code keeps while it is hidden and across reloads of the window. The host reads
 * `images`.
 */
export interface GalleryState {
  readonly order: Order;
  /** URIs of the images. */
  readonly images: readonly string[];
}

/** Reads the order from a saved state of any shape; by name where it has none. */
export function savedOrder(kept: unknown): Order {
  const order = typeof kept === 'object' && kept !== null && 'order' in kept ? kept.order : undefined;
  return orders.find(known => known === order) ?? 'name';
}
