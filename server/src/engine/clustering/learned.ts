import type { Hierarchy } from '../../../../mask/hierarchy';
import type { RegionMap } from '../../../../mask/regions';
import { adjacency } from './adjacency';
import { addNormalised, gradient } from './boundary';
import { toHierarchy, type LevelScale } from './levels';
import { mergeRegions, regionFeatures, type Merges } from './merge';
import { emptyPlanes, type Planes } from './planes';
import { enlargePlane } from './resize';

/** Tuned on photos for distances between responses and boundary strengths with mean 1.7. */
export const learnedScale: LevelScale = { middle: 1.8, slope: 1.4 };

/** Share of the Lab gradient in the boundary strength, beside 1 for the gradient of the responses. */
const colourShare = 0.7;

/** The boundary strength so far: gradients of the responses at several times in training, each with mean 1, summed at the network's size. */
export class Snapshots {
  private readonly sum: Planes;
  private taken = 0;

  constructor(width: number, height: number) {
    this.sum = emptyPlanes(width, height, 1);
  }

  add(response: Planes): void {
    addNormalised(this.sum.data, gradient(response), 1);
    this.taken++;
  }

  /** The mean of the gradients, with that of `response` added where it is none of them yet. */
  boundary(response?: Planes): Planes {
    const mean = emptyPlanes(this.sum.width, this.sum.height, 1);
    mean.data.set(this.sum.data);
    if (response) addNormalised(mean.data, gradient(response), 1);
    const count = this.taken + (response ? 1 : 0);
    for (let p = 0; p < mean.data.length; p++) mean.data[p] /= count;
    return mean;
  }
}

/** Merges by what a network answers: `response` and `boundary` may be smaller than the regions and are enlarged. */
export function learnedMerges(regions: RegionMap, colourGradient: Float32Array, response: Planes, boundary: Planes): Merges {
  const { width, height } = regions;
  const strength = new Float32Array(width * height);
  addNormalised(strength, enlargePlane(boundary.data, boundary, regions), 1);
  addNormalised(strength, colourGradient, colourShare);
  return mergeRegions(regionFeatures(regions, response), adjacency(regions, strength));
}

/** The hierarchy over `regions` by a network's responses. */
export function learnedHierarchy(regions: RegionMap, colourGradient: Float32Array, response: Planes, boundary: Planes): Hierarchy {
  return toHierarchy(learnedMerges(regions, colourGradient, response, boundary), learnedScale);
}
