import { type Growth, growthOfNodes, growthOfThing } from './growth';
import type { NodeTree } from './nodeTree';
import { RegionSet } from './regionSet';

/** What a click at a place can take: a set of base regions without a gap, with the place's own. */
export interface Offer {
  readonly regions: Uint32Array;
  /** The number of its pixels. */
  readonly area: number;
  /** The level of the hierarchy that it belongs to: the lower, the coarser. */
  readonly level: number;
  /** How distinct its border is on average, 0 … 1. */
  readonly contrast: number;
  /** The share of the picture's edge that it touches, 0 … 1. */
  readonly frame: number;
}

/**
 * The offers at a place, from the smallest to the whole picture: the nodes of the hierarchy there, and between them the
 * things there, which are what the ground leaves over.
 * @param region the base region at the place
 */
export function offersAt(tree: NodeTree, region: number): Offer[] {
  const growths = [growthOfNodes(tree, region), growthOfThing(tree, region)];
  return withoutDoubles(
    tree,
    growths.flatMap(growth => measured(tree, growth)).toSorted((a, b) => a.area - b.area),
  );
}

/** The sets that a growth stops at. */
function measured(tree: NodeTree, { order, stops, levels }: Growth): Offer[] {
  const set = new RegionSet(tree);
  let joined = 0;
  return stops.map((stop, k) => {
    while (joined < stop) set.add(order[joined++]);
    const { area, contrast, frame } = set;
    return { regions: order.subarray(0, stop), area, level: levels[k], contrast, frame };
  });
}

/** The least share of an offer's pixels by which the next smaller one differs: less can hardly be seen. */
const leastDifference = 0.02;

/** Leaves out of offers in order of size those that can hardly be told from the next larger one. */
function withoutDoubles({ areas, hierarchy }: NodeTree, offers: readonly Offer[]): Offer[] {
  const inside = new Uint8Array(hierarchy.count);
  const kept: Offer[] = [];
  for (const offer of offers.toReversed()) {
    const larger = kept.at(-1);
    if (larger) {
      let shared = 0;
      for (const region of offer.regions) if (inside[region] === 1) shared += areas[region];
      if (larger.area + offer.area - 2 * shared < leastDifference * larger.area) continue;
      for (const region of larger.regions) inside[region] = 0;
    }
    for (const region of offer.regions) inside[region] = 1;
    kept.push(offer);
  }
  return kept.toReversed();
}

/** The fewest nodes of the hierarchy that have some base regions between them, and no others. */
export function nodesOfRegions({ hierarchy: { count, left, right } }: NodeTree, regions: Iterable<number>): number[] {
  const whole = new Uint8Array(2 * count - 1);
  for (const region of regions) whole[region] = 1;
  for (let k = 0; k < count - 1; k++) {
    if (whole[left[k]] === 0 || whole[right[k]] === 0) continue;
    whole[count + k] = 1;
    whole[left[k]] = whole[right[k]] = 0;
  }
  return [...whole.keys()].filter(node => whole[node] === 1);
}
