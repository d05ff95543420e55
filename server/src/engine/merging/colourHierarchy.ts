import type { Hierarchy } from '../../../../mask/regions/hierarchy';
import type { RegionMap } from '../../../../mask/regions/regionMap';
import { adjacency } from '../pixels/adjacency';
import { addNormalised, gradientMagnitude } from '../pixels/filters';
import { type LevelScale, mergeRegions, toHierarchy } from './mergeRegions';
import type { MergeRule } from './forest';
import type { Planes } from '../pixels/planes';
import { distanceOfMeans, planeSums } from '../superpixels/regionSums';

/** The scale of levels, tuned on photos for distances in Lab and boundary strengths with mean 1. */
const scale: LevelScale = { middle: 10, slope: 1.6 };
const rule: MergeRule = { distance: distanceOfMeans, areaExponent: 0.15, contactExponent: 0 };

/**
 * The hierarchy over regions, of which there may be very many, by their mean colours alone.
 * @param most the level of a merge of weight 0
 */
export function colourHierarchy(regions: RegionMap, lab: Planes, most = 1): Hierarchy {
  const boundary = new Float32Array(lab.width * lab.height);
  addNormalised(boundary, gradientMagnitude(lab), 1);
  return toHierarchy(mergeRegions(planeSums(regions, lab), adjacency(regions, boundary), rule), { ...scale, most });
}
