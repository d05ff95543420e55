import type { RegionMap } from '../../../../mask/regions/regionMap';
import { plane, type Planes } from '../pixels/planes';
import { bilinearWeights } from '../pixels/resize';
import type { Size } from '../image/picture';

/**
 * Sums over the pixels of each region: its area, and `dimensions` sums that lie side by side.
 */
export interface RegionSums {
  readonly areas: Float64Array;
  readonly dimensions: number;
  readonly sums: Float64Array;
}

/** The areas of regions, with `dimensions` sums of zero each. */
export function emptySums(regions: RegionMap, dimensions: number): RegionSums {
  const areas = new Float64Array(regions.count);
  for (const id of regions.ids) areas[id]++;
  return { areas, dimensions, sums: new Float64Array(regions.count * dimensions) };
}

/** Sums planes of the regions' size, or of the size that `pooling` comes from. */
export function planeSums(regions: RegionMap, planes: Planes, pooling?: RegionPooling): RegionSums {
  const { channels } = planes;
  const made = emptySums(regions, channels);
  for (let c = 0; c < channels; c++) {
    const values = plane(planes, c);
    if (pooling)
      pooling.sums(values, (region, sum) => {
        made.sums[region * channels + c] = sum;
      });
    else for (let p = 0; p < values.length; p++) made.sums[regions.ids[p] * channels + c] += values[p];
  }
  return made;
}

/** Puts several sums over one set of regions side by side, each times its weight. */
export function joinSums(parts: readonly { readonly sums: RegionSums; readonly weight: number }[]): RegionSums {
  const { areas } = parts[0].sums;
  const dimensions = parts.reduce((total, { sums }) => total + sums.dimensions, 0);
  const joined = new Float64Array(areas.length * dimensions);
  let offset = 0;
  for (const { sums: part, weight } of parts) {
    for (let i = 0; i < part.sums.length; i++) {
      const region = Math.floor(i / part.dimensions);
      joined[region * dimensions + offset + i - region * part.dimensions] = weight * part.sums[i];
    }
    offset += part.dimensions;
  }
  return { areas, dimensions, sums: joined };
}

/** How unlike regions `i` and `j` are, from their sums and areas. */
export type Distance = (regions: RegionSums, i: number, j: number) => number;

/** Root mean square difference of the means. */
export const distanceOfMeans: Distance = ({ areas, dimensions, sums }, i, j) => {
  let squares = 0;
  for (let d = 0; d < dimensions; d++)
    squares += (sums[i * dimensions + d] / areas[i] - sums[j * dimensions + d] / areas[j]) ** 2;
  return Math.sqrt(squares / dimensions);
};

/** χ² distance of histograms: ½ Σ (a − b)² ÷ (a + b) over their bins' shares. */
export const distanceOfHistograms: Distance = ({ areas, dimensions, sums }, i, j) => {
  let sum = 0;
  const shareOfI = 1 / areas[i],
    shareOfJ = 1 / areas[j];
  for (let d = 0; d < dimensions; d++) {
    const a = sums[i * dimensions + d] * shareOfI,
      b = sums[j * dimensions + d] * shareOfJ;
    if (a + b > 0) sum += ((a - b) * (a - b)) / (a + b);
  }
  return sum / 2;
};

/**
 * Sums smaller planes over regions, as if the planes were enlarged first. Enlarging and summing are both linear in the
 * planes' values, so they are one sparse matrix, made once: some two weights a source pixel instead of four products a
 * target pixel, for every channel of every hierarchy.
 */
export class RegionPooling {
  /** Entries of region `r` are `starts[r] … starts[r + 1] - 1`. */
  private readonly starts: Uint32Array;
  private readonly cells: Uint32Array;
  private readonly weights: Float32Array;

  constructor(regions: RegionMap, source: Size) {
    const { order, starts } = byRegion(regions);
    const sampler = bilinearWeights(source, regions);
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

  /** Calls `onSum` with the sum of the enlarged plane over each region. */
  sums(values: Float32Array, onSum: (region: number, sum: number) => void): void {
    const { starts, cells, weights } = this;
    for (let region = 0; region + 1 < starts.length; region++) {
      let sum = 0;
      for (let i = starts[region]; i < starts[region + 1]; i++) sum += weights[i] * values[cells[i]];
      onSum(region, sum);
    }
  }
}

/** Sorts pixels by region: those of region `r` are `order[starts[r]] … order[starts[r + 1] - 1]`, in scan order. */
function byRegion({ ids, count }: RegionMap): { order: Uint32Array; starts: Uint32Array } {
  const starts = new Uint32Array(count + 1);
  for (const id of ids) starts[id + 1]++;
  for (let region = 0; region < count; region++) starts[region + 1] += starts[region];
  const next = starts.slice(0, count);
  const order = new Uint32Array(ids.length);
  for (let p = 0; p < ids.length; p++) order[next[ids[p]]++] = p;
  return { order, starts };
}
