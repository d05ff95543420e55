import { language } from '../common/pageTexts';

/** What cards are ordered by. */
export const orders = ['name', 'uncertain', 'fewest', 'most'] as const;
export type Order = (typeof orders)[number];

export interface OrderedItem {
  readonly name: string;
  /** Null where there is no mask, or not yet. */
  readonly regions: number | null;
  /** In [0, 1); null where it is not known. */
  readonly uncertainty: number | null;
}

const byName = new Intl.Collator(language, { numeric: true });

/** The place that an order gives an item, the lowest first. */
const ranks: Record<Order, (item: OrderedItem) => number> = {
  name: () => 0,
  uncertain: ({ regions, uncertainty }) =>
    uncertainty === null ? (regions === null ? Infinity : Number.MAX_VALUE) : -uncertainty,
  fewest: ({ regions }) => regions ?? Infinity,
  most: ({ regions }) => (regions === null ? Infinity : -regions),
};

/**
 * The items in an order; those without a mask come last, before them those whose uncertainty is not known, equal ones
 * by name.
 */
export function sortItems<T extends OrderedItem>(items: readonly T[], order: Order): T[] {
  const rank = ranks[order];
  return items.toSorted((a, b) => {
    const [one, other] = [rank(a), rank(b)];
    return (one === other ? 0 : one - other) || byName.compare(a.name, b.name);
  });
}

/** What VS Code keeps of the page while it is hidden, and across reloads of the window. The host reads `images`. */
export interface GalleryState {
  readonly order: Order;
  /** URIs of the images. */ readonly images: readonly string[];
}

/** The order in what was kept, of any shape; by name where there is none. */
export function savedOrder(kept: unknown): Order {
  const order = typeof kept === 'object' && kept !== null && 'order' in kept ? kept.order : undefined;
  return orders.find(one => one === order) ?? 'name';
}
