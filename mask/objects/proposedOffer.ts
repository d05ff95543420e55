import type { NodeTree } from './nodeTree';
import type { Offer } from './offers';
import { RegionSet } from './regionSet';

/** How much a distinct border counts, and the share of the picture's edge that is touched, beside log size. */
const contrastWeight = 4,
  frameWeight = 12;

/** The usual size of a correction, as a share of the object, and how bad smaller ones are beside larger ones. */
const usualCorrection = 0.1,
  smallnessWeight = 0.3;

/**
 * The offer that is proposed at a place. Where it would stand alone, it is a large one with a distinct border that
 * hardly touches the picture's edge: objects that people photograph are like that. Where it touches what was taken
 * before, it is a correction: a smaller part, with which, or without which, the object has a distinct border. The
 * weights are those that suited 25 photos of single objects.
 * @param region the base region at the place
 * @param taken by base region: 1 where it was taken into the label that is meant
 */
export function proposedOffer(
  tree: NodeTree,
  offers: readonly Offer[],
  region: number,
  taken: Uint8Array | null,
): Offer {
  const free = bestOf(offers, ({ area, contrast, frame }) => Math.log(area) + worth(contrast, frame));
  const object = taken && objectAround(tree, taken[region] === 1 ? [region] : free.regions, taken);
  if (!object) return free;
  const adds = taken[region] === 0;
  return bestOf(offers, ({ regions }) => {
    const corrected = object.copy();
    for (const one of regions)
      if (adds) corrected.add(one);
      else corrected.delete(one);
    const change = Math.log(Math.abs(corrected.area - object.area) / (usualCorrection * object.area));
    return worth(corrected.contrast, corrected.frame) - Math.max(change, -smallnessWeight * change);
  });
}

function worth(contrast: number, frame: number): number {
  return contrastWeight * contrast - frameWeight * frame;
}

function bestOf(offers: readonly Offer[], scoreOf: (offer: Offer) => number): Offer {
  let best = offers[0],
    bestScore = -Infinity;
  for (const offer of offers) {
    const score = scoreOf(offer);
    if (score > bestScore) [best, bestScore] = [offer, score];
  }
  return best;
}

/** The taken regions that some regions touch, with all taken ones around them without a gap; null for none. */
function objectAround(tree: NodeTree, regions: Iterable<number>, taken: Uint8Array): RegionSet | null {
  const { starts, neighbours } = tree.graph;
  const object = new RegionSet(tree);
  const open: number[] = [];
  const reach = (region: number) => {
    if (taken[region] === 1 && object.add(region)) open.push(region);
  };
  const reachAround = (region: number) => {
    for (let i = starts[region]; i < starts[region + 1]; i++) reach(neighbours[i]);
  };
  for (const region of regions) {
    reach(region);
    reachAround(region);
  }
  for (let region = open.pop(); region !== undefined; region = open.pop()) reachAround(region);
  return object.area > 0 ? object : null;
}
