import { type Random, seededRandom } from '../../server/src/engine/common/random';

/** The images of one trial: those that a person labels, and those that are predicted and measured. */
export interface Choice<T> {
  readonly labelled: readonly T[];
  readonly others: readonly T[];
}

/** Divides items, by the evenness of their places, into those that settings are chosen on and those reported. */
export function halves<T>(items: readonly T[]): { readonly tuned: T[]; readonly reported: T[] } {
  return {
    tuned: items.filter((_, index) => index % 2 === 0),
    reported: items.filter((_, index) => index % 2 === 1),
  };
}

/** Chooses items spread evenly over all; all of them where they are not more than `count`. */
export function spread<T>(items: readonly T[], count: number): T[] {
  const taken = Math.min(items.length, count);
  return Array.from({ length: taken }, (_, index) => items[Math.floor((index * items.length) / taken)]!);
}

/**
 * Draws the items to label, which follow from the seed alone, and of the rest those to measure, spread evenly.
 * @param others how many to measure; fewer where there are no more
 */
export function chooseImages<T>(items: readonly T[], labelled: number, others: number, seed: number): Choice<T> {
  const drawn = new Set(shuffled([...items.keys()], seededRandom(seed)).slice(0, labelled));
  return {
    labelled: items.filter((_, index) => drawn.has(index)),
    others: spread(
      items.filter((_, index) => !drawn.has(index)),
      others,
    ),
  };
}

/** Puts items into a random order (Fisher and Yates). */
export function shuffled<T>(items: readonly T[], random: Random): T[] {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [result[last], result[other]] = [result[other]!, result[last]!];
  }
  return result;
}
