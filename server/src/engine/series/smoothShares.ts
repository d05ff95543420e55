import type { RegionMap } from '../../../../mask/regions/regionMap';
import { adjacency } from '../pixels/adjacency';
import { addNormalised, gradientMagnitude } from '../pixels/filters';
import type { Planes } from '../pixels/planes';

const iterations = 5;
/** What keeps a share of 0 from ruling a group out whatever the neighbours say. */
const leastShare = 1e-4;

/**
 * Has regions agree with their neighbours, the more the weaker the boundary between them: mean field of a Potts model
 * whose weights fall with the strength of the boundary.
 * @param shares by region and group: how well the group fits, a sum of 1 for each region
 * @param colour of the regions' size
 * @param smoothness the weight of all neighbours together
 */
export function smoothShares(
  shares: Float64Array,
  regions: RegionMap,
  colour: Planes,
  smoothness: number,
): Float64Array {
  const groups = shares.length / regions.count;
  const boundary = new Float32Array(regions.ids.length);
  addNormalised(boundary, gradientMagnitude(colour), 1);
  const { a, b, lengths, strengths } = adjacency(regions, boundary);
  const borders = new Float64Array(regions.count);
  for (let arc = 0; arc < a.length; arc++) {
    borders[a[arc]] += lengths[arc];
    borders[b[arc]] += lengths[arc];
  }
  const weights = lengths.map((length, arc) => length * Math.exp(-strengths[arc] / length));
  let current = shares;
  for (let iteration = 0; iteration < iterations; iteration++) {
    const next = new Float64Array(shares.length);
    for (let arc = 0; arc < a.length; arc++)
      for (let group = 0; group < groups; group++) {
        next[a[arc] * groups + group] += weights[arc] * current[b[arc] * groups + group];
        next[b[arc] * groups + group] += weights[arc] * current[a[arc] * groups + group];
      }
    for (let region = 0; region < regions.count; region++) {
      let sum = 0;
      for (let i = region * groups; i < (region + 1) * groups; i++) {
        next[i] = (shares[i] + leastShare) * Math.exp((smoothness * next[i]) / Math.max(borders[region], 1));
        sum += next[i];
      }
      for (let i = region * groups; i < (region + 1) * groups; i++) next[i] /= sum;
    }
    current = next;
  }
  return current;
}
