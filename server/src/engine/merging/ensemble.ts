import type { Adjacency } from '../pixels/adjacency';
import { mergeRegions, type Merges } from './mergeRegions';
import type { MergeRule } from './forest';
import type { RegionSums } from '../superpixels/regionSums';

/** One way to compare regions, and how strong the boundaries are in it. */
export interface Member {
  readonly sums: RegionSums;
  readonly adjacency: Adjacency;
}

/**
 * By arc, how high in a hierarchy its two ends meet: the greatest weight of the merges up to there. These heights are
 * an ultrametric, the hierarchy's contour map (Arbeláez, *Boundary Extraction in Natural Images Using Ultrametric
 * Contour Maps*, 2006).
 */
export function heights({ left, right, weights }: Merges, { a, b }: Adjacency): Float64Array {
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

/** Heights of 0, where regions are the same in everything, have a logarithm too. */
const leastHeight = 1e-6;
/** Regions of nothing: what is left to compare are the arcs. */
const arcsOnly: MergeRule = { distance: () => 1, areaExponent: 0, contactExponent: 0 };

/** A hierarchy's say on each arc: the logarithm of the height at which its ends meet. */
export function votes({ sums, adjacency }: Member, rule: MergeRule): Float64Array {
  return heights(mergeRegions(sums, adjacency, rule), adjacency).map(height => Math.log(Math.max(height, leastHeight)));
}

/**
 * Merges by the agreement of several hierarchies over the same regions: the weight of a pair is the geometric mean of
 * the heights that they give, along the whole of its common arc. What only one of them believes in counts little.
 */
export function mergeTogether({ areas }: RegionSums, adjacency: Adjacency, all: readonly Float64Array[]): Merges {
  const strengths = adjacency.lengths.map(
    (length, arc) => (length * all.reduce((sum, vote) => sum + vote[arc], 0)) / all.length,
  );
  const { left, right, weights } = mergeRegions(
    { areas, dimensions: 0, sums: new Float64Array() },
    { ...adjacency, strengths },
    arcsOnly,
  );
  return { left, right, weights: weights.map(Math.exp) };
}
