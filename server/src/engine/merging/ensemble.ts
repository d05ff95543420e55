import type { Adjacency } from '../pixels/adjacency';
import { mergeRegions, type Merges } from './mergeRegions';
import type { MergeRule } from './forest';
import type { RegionSums } from '../superpixels/regionSums';

/** What one hierarchy is made by: sums by which regions are compared, and the strengths of their boundaries. */
export interface HierarchyBasis {
  readonly sums: RegionSums;
  readonly adjacency: Adjacency;
}

/**
 * The height at which the two ends of each arc meet in a hierarchy: the greatest weight of the merges up to there.
 * These heights are an ultrametric, the hierarchy's contour map (Arbeláez, *Boundary Extraction in Natural Images Using
 * Ultrametric Contour Maps*, 2006).
 */
export function mergeHeights({ left, right, weights }: Merges, { a, b }: Adjacency): Float64Array {
  const count = weights.length + 1;
  const parents = new Uint32Array(2 * count - 1);
  const greatest = new Float64Array(2 * count - 1);
  for (let k = 0; k < weights.length; k++) {
    parents[left[k]] = parents[right[k]] = count + k;
    greatest[count + k] = k > 0 ? Math.max(weights[k], greatest[count + k - 1]) : weights[k];
  }
  return Float64Array.from(a, (start, arc) => {
    let i = start,
      j = b[arc];
    while (i !== j) {
      // parents come after their children
      if (i < j) i = parents[i];
      else j = parents[j];
    }
    return greatest[i];
  });
}

/** The height that stands for 0, between regions that do not differ at all: 0 has no logarithm. */
const leastHeight = 1e-6;
/** Merges by the strengths of arcs alone. */
const arcsOnly: MergeRule = { distance: () => 1, areaExponent: 0, contactExponent: 0 };

/** The vote of a hierarchy on each arc: the logarithm of the height at which the arc's ends meet. */
export function heightVotes({ sums, adjacency }: HierarchyBasis, rule: MergeRule): Float64Array {
  return mergeHeights(mergeRegions(sums, adjacency, rule), adjacency).map(height =>
    Math.log(Math.max(height, leastHeight)),
  );
}

/**
 * Merges regions by the votes of several hierarchies over them: the weight of a pair is the geometric mean of the
 * heights in all hierarchies, along the whole of its common arc. A boundary that only one hierarchy has counts little.
 */
export function mergeByVotes({ areas }: RegionSums, adjacency: Adjacency, votes: readonly Float64Array[]): Merges {
  const strengths = adjacency.lengths.map(
    (length, arc) => (length * votes.reduce((sum, vote) => sum + vote[arc], 0)) / votes.length,
  );
  const { left, right, weights } = mergeRegions(
    { areas, dimensions: 0, sums: new Float64Array() },
    { ...adjacency, strengths },
    arcsOnly,
  );
  return { left, right, weights: weights.map(Math.exp) };
}
