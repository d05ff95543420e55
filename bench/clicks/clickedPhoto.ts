import { type Box, type NodeTree, nodeTreeOf, regionsOfNode } from '../../mask/objects/nodeTree';
import { nodesInBox } from '../../mask/objects/placeNodes';
import { type Offer, offersAt } from '../../mask/objects/offers';
import { proposedOffer } from '../../mask/objects/proposedOffer';
import type { RegionMap } from '../../mask/regions/regionMap';
import type { Cuttable } from '../quality/comparedMethods';
import type { Bits } from './simulatedPerson';

/** A photo with its hierarchy, as the tools of the page see it. */
export class ClickedPhoto {
  private readonly tree: NodeTree;
  private readonly regions: RegionMap;

  constructor({ regions, hierarchy }: Cuttable) {
    this.tree = nodeTreeOf(hierarchy, regions);
    this.regions = regions;
  }

  /** What a click on a pixel can take, in the order in which the wheel goes through it. */
  offers(pixel: number): Offer[] {
    return offersAt(this.tree, this.regions.ids[pixel]!);
  }

  /** What a click on a pixel takes, or gives back, without the wheel. @param before what was taken by then */
  proposed(pixel: number, before: Bits): Offer {
    const { tree, regions } = this;
    const taken = new Uint8Array(regions.count);
    regions.ids.forEach((region, p) => (taken[region] = before[p]!));
    const region = regions.ids[pixel]!;
    return proposedOffer(tree, offersAt(tree, region), region, taken);
  }

  /** Some pixels with those of regions added, or taken away. */
  withRegions(before: Bits, regions: Iterable<number>, belongs: boolean): Bits {
    const taken = new Uint8Array(this.regions.count);
    for (const region of regions) taken[region] = 1;
    return before.map((one, p) => (taken[this.regions.ids[p]!] === 1 ? (belongs ? 1 : 0) : one));
  }

  /**
   * The pixels that a box around an object takes.
   * @param margin the space between the object and each side of the box, as a share of the object's width or height
   */
  inBoxAround(truth: Bits, margin: number): Bits {
    const { left, top, right, bottom } = boxAround(truth, this.regions.width);
    const [across, down] = [Math.round(margin * (right - left)), Math.round(margin * (bottom - top))];
    const box = { left: left - across, top: top - down, right: right + across, bottom: bottom + down };
    const nodes = nodesInBox(this.tree, this.regions, box);
    const regions = nodes.flatMap(node => [...regionsOfNode(this.tree, node)]);
    return this.withRegions(new Uint8Array(truth.length), regions, true);
  }
}

/** The box around the pixels of a bitmap, of which there is one at least. */
function boxAround(bits: Bits, width: number): Box {
  let [left, top, right, bottom] = [width, -1, 0, 0];
  bits.forEach((one, p) => {
    if (one === 0) return;
    const [x, y] = [p % width, Math.floor(p / width)];
    if (top < 0) top = y;
    bottom = y + 1;
    left = Math.min(left, x);
    right = Math.max(right, x + 1);
  });
  return { left, top, right, bottom };
}
