/** What cards are ordered by. */
export const orders = ['name', 'fewest', 'most'] as const;
export type Order = (typeof orders)[number];

export interface Ordered { readonly name: string; /** Null where there is no mask, or not yet. */ readonly regions: number | null }

const byName = new Intl.Collator('en', { numeric: true });

/** The items in an order; those without a mask come last, equal ones by name. */
export function ordered<T extends Ordered>(items: readonly T[], order: Order): T[] {
  const rank = ({ regions }: Ordered): number => (regions === null ? Infinity : order === 'most' ? -regions : regions);
  return items.toSorted((a, b) => {
    const [one, other] = [rank(a), rank(b)];
    return (order === 'name' || one === other ? 0 : one - other) || byName.compare(a.name, b.name);
  });
}
