import { areasOf, type RegionMap } from '../../../../../mask/regions/regionMap';
import type { TensorValue } from '../../graph/core/operation';
import { imageShape } from '../../graph/core/tensorShape';
import { neighbours } from './sampling';

/** The least probability whose logarithm counts. */
const least = 1e-6;

/**
 * Computes the geometric mean of each class's probability over each region: `classes` values a region.
 * @param probabilities [1,classes,h,w], interpolated bilinearly to the size of the regions
 */
export function regionMeans({ shape, data }: TensorValue, regions: RegionMap): Float32Array {
  const { width, height, count, ids } = regions;
  const [, classes, rows, columns] = imageShape(shape);
  const sums = new Float64Array(count * classes);
  const across = Array.from({ length: width }, (_, x) => neighbours(x, width, columns));
  const line = new Float32Array(columns + 1);
  for (let channel = 0; channel < classes; channel++) {
    for (let y = 0; y < height; y++) {
      const [row, rest] = neighbours(y, height, rows);
      const [upper, lower] = [row, Math.min(row + 1, rows - 1)].map(at => (channel * rows + at) * columns);
      for (let x = 0; x < columns; x++) line[x] = data[upper! + x]! * (1 - rest) + data[lower! + x]! * rest;
      for (let x = 0; x < width; x++) {
        const [column, share] = across[x]!;
        const value = line[column]! * (1 - share) + line[column + 1]! * share;
        sums[ids[y * width + x]! * classes + channel]! += Math.log(Math.max(value, least));
      }
    }
  }
  const areas = areasOf(regions);
  return Float32Array.from(sums, (sum, index) => Math.exp(sum / areas[Math.floor(index / classes)]!));
}
