import type { RegionMap } from '../../../../mask/regions';
import { bilinear, type Size } from './resize';

/**
 * Sums over regions of planes smaller than the regions, as if the planes were enlarged first. Enlarging and summing are
 * both linear in the planes' values, so they are one sparse matrix, made once: some two weights a source pixel instead
 * of four products a target pixel, for every channel of every hierarchy.
 */
export class Pooling {
  /** Entries of region `r` are `starts[r] … starts[r + 1] - 1`. */
  private readonly starts: Uint32Array;
  private readonly cells: Uint32Array;
  private readonly weights: Float32Array;

  constructor(regions: RegionMap, source: Size) {
    const { order, starts } = byRegion(regions);
    const sampler = bilinear(source, regions);
    const sums = new Float64Array(source.width * source.height);
    const seen = new Uint8Array(sums.length);
    const cells: number[] = [];
    const weights: number[] = [];
    this.starts = new Uint32Array(regions.count + 1);
    for (let region = 0; region < regions.count; region++) {
      const first = cells.length;
      for (let i = starts[region]; i < starts[region + 1]; i++) {
        sampler(order[i] % regions.width, Math.floor(order[i] / regions.width), (cell, weight) => {
          if (weight > 0 && seen[cell] === 0) {
            seen[cell] = 1;
            cells.push(cell);
          }
          sums[cell] += weight;
        });
      }
      for (let i = first; i < cells.length; i++) {
        weights.push(sums[cells[i]]);
        sums[cells[i]] = 0;
        seen[cells[i]] = 0;
      }
      this.starts[region + 1] = cells.length;
    }
    this.cells = Uint32Array.from(cells);
    this.weights = Float32Array.from(weights);
  }

  /** Calls `take` with the sum of the enlarged plane over each region. */
  sums(values: Float32Array, take: (region: number, sum: number) => void): void {
    const { starts, cells, weights } = this;
    for (let region = 0; region + 1 < starts.length; region++) {
      let sum = 0;
      for (let i = starts[region]; i < starts[region + 1]; i++) sum += weights[i] * values[cells[i]];
      take(region, sum);
    }
  }
}

/** The pixels of region `r` are `order[starts[r]] … order[starts[r + 1] - 1]`, in scan order. */
function byRegion({ ids, count }: RegionMap): { order: Uint32Array; starts: Uint32Array } {
  const starts = new Uint32Array(count + 1);
  for (const id of ids) starts[id + 1]++;
  for (let region = 0; region < count; region++) starts[region + 1] += starts[region];
  const next = starts.slice(0, count);
  const order = new Uint32Array(ids.length);
  for (let p = 0; p < ids.length; p++) order[next[ids[p]]++] = p;
  return { order, starts };
}
