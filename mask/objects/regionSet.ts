import type { NodeTree } from './nodeTree';

/** A set of base regions whose size and border are known at any time. */
export class RegionSet {
  private readonly inside: Uint8Array;
  /** The number of its pixels. */
  area = 0;
  /** The share of the picture's edge that it touches, 0 … 1. */
  frame = 0;
  private length = 0;
  private contrastSum = 0;

  constructor(private readonly tree: NodeTree) {
    this.inside = new Uint8Array(tree.hierarchy.count);
  }

  /** How distinct its border is on average, 0 … 1; 0 where it has none. */
  get contrast(): number {
    // Lengths are whole numbers, so that their sum is exact.
    return this.length === 0 ? 0 : this.contrastSum / this.length;
  }

  copy(): RegionSet {
    const copy = new RegionSet(this.tree);
    copy.inside.set(this.inside);
    copy.area = this.area;
    copy.frame = this.frame;
    copy.length = this.length;
    copy.contrastSum = this.contrastSum;
    return copy;
  }

  has(region: number): boolean {
    return this.inside[region] === 1;
  }

  /** @returns whether the region is new in the set */
  add(region: number): boolean {
    if (this.inside[region] === 1) return false;
    this.change(region, 1);
    return true;
  }

  delete(region: number): void {
    if (this.inside[region] === 1) this.change(region, -1);
  }

  private change(region: number, sign: 1 | -1): void {
    const { inside, tree } = this;
    const { starts, neighbours, lengths, contrasts, frame } = tree.graph;
    inside[region] = sign === 1 ? 1 : 0;
    this.area += sign * tree.areas[region];
    this.frame += sign * frame[region];
    for (let i = starts[region]; i < starts[region + 1]; i++) {
      // A border between two regions of the set is none of the set.
      const signed = inside[neighbours[i]] === 1 ? -sign : sign;
      this.length += signed * lengths[i];
      this.contrastSum += signed * lengths[i] * contrasts[i];
    }
  }
}
