import type { Hierarchy } from '../../../../mask/hierarchy';
import type { RegionMap } from '../../../../mask/regions';
import { adjacency } from './adjacency';
import { addNormalised, gradient } from './boundary';
import { toHierarchy, type LevelScale } from './levels';
import type { MergeRule } from './forest';
import { mergeRegions } from './merge';
import type { Planes } from './planes';
import { distanceOfMeans, planeSums } from './regionSums';

/** Tuned on photos for distances in Lab and boundary strengths with mean 1. */
const scale: LevelScale = { middle: 10, slope: 1.6 };
const rule: MergeRule = { distance: distanceOfMeans, areaExponent: 0.15, contactExponent: 0 };

/**
 * The hierarchy over `regions`, of which there may be very many, by their mean colours alone. `most` is the level of a
 * merge of weight 0.
 */
export function colourHierarchy(regions: RegionMap, lab: Planes, most = 1): Hierarchy {
  const boundary = new Float32Array(lab.width * lab.height);
  addNormalised(boundary, gradient(lab), 1);
  return toHierarchy(mergeRegions(planeSums(regions, lab), adjacency(regions, boundary), rule), { ...scale, most });
}
