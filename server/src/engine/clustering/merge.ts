import FlatQueue from 'flatqueue';
import type { RegionMap } from '../../../../mask/regions';
import type { Adjacency } from './adjacency';
import { plane, type Planes } from './planes';
import { enlargePlane } from './resize';

/** What merging knows of the base regions: sums over the pixels of each, `features` with `dimensions` numbers a region. */
export interface RegionFeatures {
  readonly areas: Float64Array;
  readonly dimensions: number;
  readonly features: Float64Array;
}

/** Merges in order; merge `k` makes node `count + k`. Weights are as they were computed, so not monotone. */
export interface Merges { readonly left: Uint32Array; readonly right: Uint32Array; readonly weights: Float64Array }

/** Sums `planes` over each region; planes smaller than the regions are enlarged, one channel at a time. */
export function regionFeatures(regions: RegionMap, planes: Planes): RegionFeatures {
  const dimensions = planes.channels;
  const areas = new Float64Array(regions.count);
  const features = new Float64Array(regions.count * dimensions);
  for (const id of regions.ids) areas[id]++;
  for (let c = 0; c < dimensions; c++) {
    const values = enlargePlane(plane(planes, c), planes, regions);
    for (let p = 0; p < values.length; p++) features[regions.ids[p] * dimensions + c] += values[p];
  }
  return { areas, dimensions, features };
}

/** Share of the picture that the smaller region has, to this power, is a factor of the merge weight: small regions go first. */
export const areaExponent = 0.2;

/** Distance of mean features (root mean square over their dimensions) × mean boundary strength along the common arc × (smaller area as a share of the picture)^0.2. */
export function mergeWeight(distance: number, strength: number, smallerShare: number): number {
  return distance * strength * smallerShare ** areaExponent;
}

/** The regions not yet merged, with their sums and arcs; nodes made by merging are appended. */
class Forest {
  readonly areas: Float64Array;
  readonly sums: Float64Array;
  /** By node: arc by neighbouring node. */
  readonly arcs: Map<number, number>[];
  private readonly total: number;

  constructor(private readonly base: RegionFeatures, readonly adjacency: Adjacency) {
    const count = base.areas.length;
    this.areas = new Float64Array(2 * count - 1);
    this.areas.set(base.areas);
    this.sums = new Float64Array((2 * count - 1) * base.dimensions);
    this.sums.set(base.features);
    this.total = base.areas.reduce((sum, area) => sum + area, 0);
    this.arcs = Array.from({ length: count }, () => new Map<number, number>());
    for (let arc = 0; arc < adjacency.a.length; arc++) {
      this.arcs[adjacency.a[arc]].set(adjacency.b[arc], arc);
      this.arcs[adjacency.b[arc]].set(adjacency.a[arc], arc);
    }
  }

  weight(arc: number): number {
    const { a, b, lengths, strengths } = this.adjacency;
    const { dimensions } = this.base;
    const i = a[arc], j = b[arc];
    let squares = 0;
    for (let d = 0; d < dimensions; d++) {
      squares += (this.sums[i * dimensions + d] / this.areas[i] - this.sums[j * dimensions + d] / this.areas[j]) ** 2;
    }
    return mergeWeight(Math.sqrt(squares / dimensions), strengths[arc] / lengths[arc], Math.min(this.areas[i], this.areas[j]) / this.total);
  }

  /** Makes `node` of the two ends of `merged`; answers the arcs whose weight has changed. Arcs that became one keep the first's number. */
  join(merged: number, node: number, gone: Uint8Array): IterableIterator<number> {
    const { a, b, lengths, strengths } = this.adjacency;
    const { dimensions } = this.base;
    const i = a[merged], j = b[merged];
    this.areas[node] = this.areas[i] + this.areas[j];
    for (let d = 0; d < dimensions; d++) this.sums[node * dimensions + d] = this.sums[i * dimensions + d] + this.sums[j * dimensions + d];
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

/**
 * Merges neighbouring regions, always the pair of least `mergeWeight`, until one is left. The picture is connected, so there
 * are `count - 1` merges. O(n log n) for arcs that each node has few of.
 */
export function mergeRegions(base: RegionFeatures, adjacency: Adjacency): Merges {
  const count = base.areas.length;
  const forest = new Forest(base, { a: adjacency.a.slice(), b: adjacency.b.slice(), lengths: adjacency.lengths.slice(), strengths: adjacency.strengths.slice() });
  const queue = new FlatQueue();
  const current = new Float64Array(adjacency.a.length);
  const gone = new Uint8Array(adjacency.a.length);
  const push = (arc: number) => {
    current[arc] = forest.weight(arc);
    queue.push(arc, current[arc]);
  };
  for (let arc = 0; arc < current.length; arc++) push(arc);
  const left = new Uint32Array(count - 1), right = new Uint32Array(count - 1), weights = new Float64Array(count - 1);
  for (let k = 0; k < count - 1;) {
    const weight = queue.peekValue()!;
    const arc = queue.pop()!;
    if (gone[arc] || weight !== current[arc]) continue; // outdated entry
    left[k] = forest.adjacency.a[arc];
    right[k] = forest.adjacency.b[arc];
    weights[k] = weight;
    gone[arc] = 1;
    for (const changed of forest.join(arc, count + k, gone)) push(changed);
    k++;
  }
  return { left, right, weights };
}
