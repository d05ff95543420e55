import type { Adjacency } from '../pixels/adjacency';
import type { Distance, RegionSums } from '../superpixels/regionSums';

/** The distance and exponents of `mergeWeight`, by which the pair to merge next is chosen. */
export interface MergeRule {
  readonly distance: Distance;
  readonly areaExponent: number;
  readonly contactExponent: number;
}

/** What the merge weight of two neighbouring regions depends on. */
export interface RegionPair {
  readonly distance: number;
  /** Mean boundary strength along their common arc. */
  readonly strength: number;
  /** The smaller one's area as a share of the picture. */
  readonly area: number;
  /** Share of the arc in the shorter one's border with others. */
  readonly contact: number;
}

/**
 * The weight of merging a pair: distance × strength × area^`areaExponent` ÷ contact^`contactExponent`. The greater the
 * exponents, the sooner small regions, and those that lie within another, are merged.
 */
export function mergeWeight(
  { distance, strength, area, contact }: RegionPair,
  { areaExponent, contactExponent }: Omit<MergeRule, 'distance'>,
): number {
  return (distance * strength * area ** areaExponent) / contact ** contactExponent;
}

function extended(values: Float64Array, length: number): Float64Array {
  const longer = new Float64Array(length);
  longer.set(values);
  return longer;
}

/** The regions not yet merged, with their sums and arcs; nodes made by merging are appended. */
export class Forest {
  readonly adjacency: Adjacency;
  private readonly regions: RegionSums;
  /** Pixel sides along the arcs of each node. */
  private readonly borders: Float64Array;
  /** The arc to each neighbouring node, by node. */
  private readonly arcs: Map<number, number>[];
  private readonly total: number;

  constructor(
    base: RegionSums,
    { a, b, lengths, strengths }: Adjacency,
    private readonly rule: MergeRule,
  ) {
    const count = base.areas.length;
    const nodes = 2 * count - 1;
    this.adjacency = { a: a.slice(), b: b.slice(), lengths: lengths.slice(), strengths: strengths.slice() };
    this.regions = { ...base, areas: extended(base.areas, nodes), sums: extended(base.sums, nodes * base.dimensions) };
    this.total = base.areas.reduce((sum, area) => sum + area, 0);
    this.borders = new Float64Array(nodes);
    this.arcs = Array.from({ length: count }, () => new Map<number, number>());
    for (let arc = 0; arc < a.length; arc++) {
      for (const [end, other] of [
        [a[arc], b[arc]],
        [b[arc], a[arc]],
      ]) {
        this.arcs[end].set(other, arc);
        this.borders[end] += lengths[arc];
      }
    }
  }

  weight(arc: number): number {
    const { a, b, lengths, strengths } = this.adjacency;
    const { areas } = this.regions;
    const i = a[arc],
      j = b[arc];
    return mergeWeight(
      {
        distance: this.rule.distance(this.regions, i, j),
        strength: strengths[arc] / lengths[arc],
        area: Math.min(areas[i], areas[j]) / this.total,
        contact: lengths[arc] / Math.min(this.borders[i], this.borders[j]),
      },
      this.rule,
    );
  }

  /**
   * Merges the two ends of arc `merged` into `node`, and returns the arcs whose weight has changed. Where two arcs
   * become one, the first keeps its number and the other is marked in `gone`.
   */
  join(merged: number, node: number, gone: Uint8Array): IterableIterator<number> {
    const { a, b, lengths, strengths } = this.adjacency;
    const { areas, sums, dimensions } = this.regions;
    const i = a[merged],
      j = b[merged];
    areas[node] = areas[i] + areas[j];
    this.borders[node] = this.borders[i] + this.borders[j] - 2 * lengths[merged];
    for (let d = 0; d < dimensions; d++)
      sums[node * dimensions + d] = sums[i * dimensions + d] + sums[j * dimensions + d];
    const arcs = new Map<number, number>();
    for (const end of [i, j]) {
      for (const [other, arc] of this.arcs[end]) {
        if (arc === merged) continue;
        this.arcs[other].delete(end);
        const first = arcs.get(other);
        if (first === undefined) {
          arcs.set(other, arc);
          this.arcs[other].set(node, arc);
          a[arc] = other;
          b[arc] = node;
        } else {
          lengths[first] += lengths[arc];
          strengths[first] += strengths[arc];
          gone[arc] = 1;
        }
      }
      this.arcs[end].clear();
    }
    this.arcs.push(arcs);
    return arcs.values();
  }
}
