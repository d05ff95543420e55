import type { Hierarchy } from '../../../../mask/hierarchy';
import type { RegionMap } from '../../../../mask/regions';
import { adjacency } from './adjacency';
import { addNormalised, gradient } from './boundary';
import { toHierarchy, type LevelScale } from './levels';
import { mergeRegions, regionFeatures } from './merge';
import { emptyPlanes, standardised, type Planes } from './planes';
import { Pooling } from './pooling';
import { enlargePlane, type Size } from './resize';

/** Tuned on photos for distances between responses and boundary strengths with mean 2.2. */
export const learnedScale: LevelScale = { middle: 3.7, slope: 2 };

/** Share of the Lab gradient in the boundary strength, beside 1 for the gradient of the responses. */
const colourShare = 1.2;
/** Weight of Lab, standardised over the picture, beside 1 for the responses when regions are compared. */
const colourWeight = 1;
const areaExponent = 0.1;

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

/** What stays the same from one of a picture's learned hierarchies to the next. */
export interface Cues {
  readonly regions: RegionMap;
  /** Standardised, at the regions' size. */
  readonly lab: Planes;
  readonly gradient: Float32Array;
  /** From the network's size. */
  readonly pooling: Pooling;
}

/** @param network the size of what the network answers, at most the regions' */
export function cuesOf(regions: RegionMap, lab: Planes, network: Size): Cues {
  return { regions, lab: standardised(lab), gradient: gradient(lab), pooling: new Pooling(regions, network) };
}

/** The hierarchy over the regions by what a network answers. */
export function learnedHierarchy({ regions, lab, gradient, pooling }: Cues, response: Planes, boundary: Planes): Hierarchy {
  const strength = new Float32Array(regions.width * regions.height);
  addNormalised(strength, enlargePlane(boundary.data, boundary, regions), 1);
  addNormalised(strength, gradient, colourShare);
  const features = regionFeatures(regions, [{ planes: response, weight: 1, pooling }, { planes: lab, weight: colourWeight }]);
  return toHierarchy(mergeRegions(features, adjacency(regions, strength), areaExponent), learnedScale);
}
