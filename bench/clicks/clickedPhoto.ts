import { chainAt } from '../../mask/objects/nodeChain';
import { type Box, type NodeTree, nodeTreeOf, regionsOfNode } from '../../mask/objects/nodeTree';
import { nodesInBox } from '../../mask/objects/placeNodes';
import { proposedNode } from '../../mask/objects/proposedNode';
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

  /** The nodes that the wheel goes through at a pixel. */
  chain(pixel: number): number[] {
    return chainAt(this.tree, this.regions.ids[pixel]!);
  }

  /** The node that a click on a pixel takes when the wheel is not turned. */
  proposed(pixel: number): number {
    return proposedNode(this.tree, this.regions.ids[pixel]!);
  }

  /** Some pixels with those of nodes added, or taken away. */
  withNodes(before: Bits, nodes: readonly number[], belongs: boolean): Bits {
    const taken = new Uint8Array(this.regions.count);
    for (const node of nodes) for (const region of regionsOfNode(this.tree, node)) taken[region] = 1;
    return before.map((one, p) => (taken[this.regions.ids[p]!] === 1 ? (belongs ? 1 : 0) : one));
  }

  /** The pixels that the box around an object takes. */
  inBoxAround(truth: Bits): Bits {
    const nodes = nodesInBox(this.tree, this.regions, boxAround(truth, this.regions.width));
    return this.withNodes(new Uint8Array(truth.length), nodes, true);
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
