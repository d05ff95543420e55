import type { RegionMap } from '../../../../mask/regions/regionMap';
import type { CarriedLabel } from '../../../../mask/document/carriedLabels';
import type { SourceLabels } from './sourceLabels';

/** What a network that learned classes sees in a picture. */
export interface SeenClasses {
  /** The number of its classes. */
  readonly count: number;
  /** Finds the network's class of a label, or of what no label covers; undefined for what it did not learn. */
  readonly indexOf: (label: Pick<CarriedLabel, 'class' | 'name'> | 'background') => number | undefined;
  /** Computes the geometric mean of each class's probability over each region: `count` values a region. */
  readonly over: (regions: RegionMap) => Float32Array;
}

/**
 * How much the network counts beside the votes: the power of its probabilities in the product of both (a product of
 * experts: Hinton, Neural Computation 2002). Tuned on street scenes: see docs/series.md.
 */
export const networkWeight = 0.25;

/**
 * Multiplies the shares of groups by what a network sees. It decides between the groups whose classes it learned: all
 * of these together keep their share, and so does each other group.
 * @param shares by region and group: a sum of 1 for each region
 * @param probabilities by region and class of the network; not a number for a region that is too small to be seen
 */
export function joinNetwork(
  shares: Float64Array,
  probabilities: Float32Array,
  seen: Pick<SeenClasses, 'count' | 'indexOf'>,
  source: SourceLabels,
): Float64Array {
  const { groups } = source;
  const indices = seenGroups(seen, source);
  const joined = Float64Array.from(shares);
  for (let region = 0; region * groups < shares.length; region++) {
    const own = joined.subarray(region * groups, (region + 1) * groups);
    let [before, after] = [0, 0];
    for (const [group, index] of indices) {
      before += own[group];
      own[group] *= probabilities[region * seen.count + index] ** networkWeight;
      after += own[group];
    }
    if (after > 0) for (const [group] of indices) own[group] *= before / after;
    else own.set(shares.subarray(region * groups, (region + 1) * groups)); // it is too small to be seen
  }
  return joined;
}

/** The groups whose class a network learned, each with the index of that class. */
function seenGroups({ indexOf }: Pick<SeenClasses, 'indexOf'>, source: SourceLabels): [group: number, index: number][] {
  const { labels, groupOf } = source;
  const found = new Map<number, number>();
  for (const [one, label] of [...labels, 'background' as const].entries()) {
    const index = indexOf(label);
    if (index !== undefined) found.set(groupOf[one], index);
  }
  return [...found];
}
