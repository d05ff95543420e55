import type { RegionMap } from '../../../../../mask/regions/regionMap';
import type { TensorValue } from '../../graph/core/operation';
import { imageShape } from '../../graph/core/tensorShape';
import { neighbours } from './sampling';

/** Keeps the logarithm of a probability of 0 finite. */
const least = 1e-6;

/**
 * Finds the class of each region of a picture: the one of the greatest mean logarithm of probability over its pixels.
 * @param probabilities [1,classes,h,w], interpolated bilinearly to the size of the regions
 */
export function likeliestByRegion({ shape, data }: TensorValue, { width, height, count, ids }: RegionMap): Uint8Array {
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
        sums[ids[y * width + x]! * classes + channel]! += Math.log(value + least);
      }
    }
  }
  return Uint8Array.from({ length: count }, (_, id) => {
    const own = sums.subarray(id * classes, (id + 1) * classes);
    return own.reduce((best, sum, index) => (sum > own[best]! ? index : best), 0);
  });
}
