import { cut } from '../../mask/regions/cut';
import type { Cuttable } from '../quality/comparedMethods';
import { ignoreLabel } from '../../server/src/engine/dataset/layouts/classList';

/** What a simulated person made of a picture. */
export interface PersonLabels {
  /** By pixel: the index of its class, or `ignoreLabel`. */
  readonly classes: Uint8Array;
  /** The regions that were given a class: a click each. */
  readonly clicks: number;
}

/**
 * Finds the class that most pixels of each region have, the lowest of equally common ones; `ignoreLabel` where none of
 * its pixels has a class.
 * @param regionOf by pixel: its region, below `count`
 * @param classes by pixel: the index of its class, or `ignoreLabel`
 */
export function commonestClasses(regionOf: ArrayLike<number>, count: number, classes: Uint8Array): Uint8Array {
  const votes = new Uint32Array(count * ignoreLabel);
  for (let p = 0; p < classes.length; p++)
    if (classes[p] !== ignoreLabel) votes[regionOf[p]! * ignoreLabel + classes[p]!]!++;
  return Uint8Array.from({ length: count }, (_, region) => {
    const own = votes.subarray(region * ignoreLabel, (region + 1) * ignoreLabel);
    let best = ignoreLabel;
    own.forEach((number, index) => {
      if (number > (own[best] ?? 0)) best = index;
    });
    return best;
  });
}

/** The regions of a picture at a granularity: by pixel its region, and their number. */
export interface CutRegions {
  readonly regionOf: Uint16Array;
  readonly count: number;
}

/** Cuts the hierarchy of a picture; regions are numbered from 0. */
export function regionsAt({ regions, hierarchy }: Cuttable, granularity: number): CutRegions {
  const { labelOf, count } = cut(hierarchy, granularity);
  return { regionOf: regions.ids.map(id => labelOf[id]! - 1), count };
}

/**
 * Labels a picture as a person would who gives each region the class that most of its truth has. A region without any
 * truth stays without a class.
 */
export function labelRegions({ regionOf, count }: CutRegions, truth: Uint8Array): PersonLabels {
  const chosen = commonestClasses(regionOf, count, truth);
  return {
    classes: Uint8Array.from(regionOf, region => chosen[region]!),
    clicks: chosen.filter(index => index !== ignoreLabel).length,
  };
}

/**
 * Counts the clicks that correct a proposal: one for each region whose class, that of most of its proposed pixels, is
 * not the one that a person gives it.
 */
export function correctingClicks({ regionOf, count }: CutRegions, truth: Uint8Array, proposed: Uint8Array): number {
  const wanted = commonestClasses(regionOf, count, truth);
  const found = commonestClasses(regionOf, count, proposed);
  return wanted.filter((index, region) => index !== ignoreLabel && index !== found[region]).length;
}
