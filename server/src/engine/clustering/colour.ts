import type { Hierarchy } from '../../../../mask/hierarchy';
import type { RegionMap } from '../../../../mask/regions';
import { adjacency } from './adjacency';
import { addNormalised, gradient } from './boundary';
import { toHierarchy, type LevelScale } from './levels';
import { mergeRegions, regionFeatures } from './merge';
import type { Planes } from './planes';

/** Tuned on photos for distances in Lab and boundary strengths with mean 1. */
export const colourScale: LevelScale = { middle: 12, slope: 1 };

/** The hierarchy over `regions` by colour alone, without a network. */
export function colourHierarchy(regions: RegionMap, lab: Planes): Hierarchy {
  const boundary = new Float32Array(lab.width * lab.height);
  addNormalised(boundary, gradient(lab), 1);
  return toHierarchy(mergeRegions(regionFeatures(regions, lab), adjacency(regions, boundary)), colourScale);
}
