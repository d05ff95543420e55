import type { RegionMap } from '../../../../mask/regions';
import { plane, type Planes } from './planes';
import type { Pooling } from './pooling';
import type { Words } from './words';

/**
 * What merging knows of regions: pixels, and `dimensions` sums over the pixels of each, those of one region together.
 */
export interface RegionSums {
  readonly areas: Float64Array;
  readonly dimensions: number;
  readonly sums: Float64Array;
}

function emptySums(regions: RegionMap, dimensions: number): RegionSums {
  const areas = new Float64Array(regions.count);
  for (const id of regions.ids) areas[id]++;
  return { areas, dimensions, sums: new Float64Array(regions.count * dimensions) };
}

/** Sums planes of the regions' size, or of the size that `pooling` comes from. */
export function planeSums(regions: RegionMap, planes: Planes, pooling?: Pooling): RegionSums {
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

/** Counts the words in each region; where they have another size, each pixel takes the word at its place. */
export function wordCounts(regions: RegionMap, words: Words): RegionSums {
  const { width, height, ids } = regions;
  const made = emptySums(regions, words.count);
  const columns = Int32Array.from({ length: width }, (_, x) => Math.floor(((x + 0.5) * words.width) / width));
  for (let y = 0, p = 0; y < height; y++) {
    const row = Math.floor(((y + 0.5) * words.height) / height) * words.width;
    for (let x = 0; x < width; x++, p++) made.sums[ids[p] * words.count + words.ids[row + columns[x]]]++;
  }
  return made;
}

/** Sums over the same regions side by side, each times its weight. */
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

/** How unlike two regions are, from their sums and areas; `i` and `j` are their places in `sums` by region. */
export type Distance = (of: RegionSums, i: number, j: number) => number;

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
