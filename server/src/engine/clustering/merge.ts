import FlatQueue from 'flatqueue';
import type { RegionMap } from '../../../../mask/regions';
import type { Adjacency } from './adjacency';
import { plane, type Planes } from './planes';
import type { Pooling } from './pooling';

/** What merging knows of the base regions: sums over the pixels of each, `features` with `dimensions` numbers a region. */
export interface RegionFeatures {
  readonly areas: Float64Array;
  readonly dimensions: number;
  readonly features: Float64Array;
}

/** Merges in order; merge `k` makes node `count + k`. Weights are as they were computed, so not monotone. */
export interface Merges { readonly left: Uint32Array; readonly right: Uint32Array; readonly weights: Float64Array }

/** Planes by whose means regions are compared. */
export interface Feature {
  readonly planes: Planes;
  /** What a root mean square difference of 1 over the planes' channels counts. */
  readonly weight: number;
  /** For planes of another size than the regions. */
  readonly pooling?: Pooling;
}

/** Sums features over each region. */
export function regionFeatures(regions: RegionMap, parts: readonly Feature[]): RegionFeatures {
  const dimensions = parts.reduce((sum, { planes }) => sum + planes.channels, 0);
  const areas = new Float64Array(regions.count);
  const features = new Float64Array(regions.count * dimensions);
  for (const id of regions.ids) areas[id]++;
  let dimension = 0;
  for (const { planes, weight, pooling } of parts) {
    const scale = weight / Math.sqrt(planes.channels);
    for (let c = 0; c < planes.channels; c++, dimension++) {
      const values = plane(planes, c);
      if (pooling) pooling.sums(values, (region, sum) => { features[region * dimensions + dimension] = scale * sum; });
      else for (let p = 0; p < values.length; p++) features[regions.ids[p] * dimensions + dimension] += scale * values[p];
    }
  }
  return { areas, dimensions, features };
}

/**
 * Distance of mean features × mean boundary strength along the common arc × (smaller area as a share of the
 * picture)^`areaExponent`: the greater the exponent, the sooner small regions go.
 */
export function mergeWeight(distance: number, strength: number, smallerShare: number, areaExponent: number): number {
  return distance * strength * smallerShare ** areaExponent;
}

/** The regions not yet merged, with their sums and arcs; nodes made by merging are appended. */
class Forest {
  readonly areas: Float64Array;
  readonly sums: Float64Array;
  /** By node: arc by neighbouring node. */
  readonly arcs: Map<number, number>[];
  private readonly total: number;

  constructor(private readonly base: RegionFeatures, readonly adjacency: Adjacency, private readonly areaExponent: number) {
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
    return mergeWeight(Math.sqrt(squares), strengths[arc] / lengths[arc], Math.min(this.areas[i], this.areas[j]) / this.total, this.areaExponent);
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
export function mergeRegions(base: RegionFeatures, adjacency: Adjacency, areaExponent: number): Merges {
  const count = base.areas.length;
  const { a, b, lengths, strengths } = adjacency;
  const forest = new Forest(base, { a: a.slice(), b: b.slice(), lengths: lengths.slice(), strengths: strengths.slice() }, areaExponent);
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
