import type { Hierarchy } from '../../../../mask/hierarchy';
import type { RegionMap } from '../../../../mask/regions';
import { adjacency } from './adjacency';
import { addNormalised, gradient } from './boundary';
import { toHierarchy, type LevelScale } from './levels';
import { mergeRegions, regionFeatures } from './merge';
import type { Planes } from './planes';

/** Tuned on photos for distances in Lab and boundary strengths with mean 1. */
export const colourScale: LevelScale = { middle: 10, slope: 1.6 };

const areaExponent = 0.15;

/** The hierarchy over `regions` by colour alone, without a network. `most` is the level of a merge of weight 0. */
export function colourHierarchy(regions: RegionMap, lab: Planes, most = 1): Hierarchy {
  const boundary = new Float32Array(lab.width * lab.height);
  addNormalised(boundary, gradient(lab), 1);
  return toHierarchy(mergeRegions(regionFeatures(regions, [{ planes: lab, weight: 1 }]), adjacency(regions, boundary), areaExponent), { ...colourScale, most });
}
