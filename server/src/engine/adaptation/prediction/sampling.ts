import type { Size } from '../../image/picture';
import type { TensorValue } from '../../graph/core/operation';
import { imageShape } from '../../graph/core/tensorShape';

/** A class for every pixel, and how sure the network is of it, 0 … 1. */
export interface ClassMap {
  readonly width: number;
  readonly height: number;
  readonly labels: Uint8Array;
  readonly confidence: Float32Array;
}

/** Sides are multiples of this, so that an eighth of a side is a whole number of pixels. */
const unit = 8;

/**
 * Computes the size at which a network sees a picture: the picture's proportions, and as many pixels as the pictures
 * that the network was trained on, times the square of `scale`.
 * @param multiple what sides are a multiple of
 */
export function workingSize(
  { width, height }: Size,
  trained: readonly [number, number],
  scale: number,
  multiple = unit,
): Size {
  const factor = scale * Math.sqrt((trained[0] * trained[1]) / (width * height));
  const side = (size: number) => Math.max(2 * unit, Math.round((size * factor) / multiple) * multiple);
  return { width: side(width), height: side(height) };
}

/** Regions at the size of a picture, and the mean probability of each class in each of them. */
export interface RegionProbabilities {
  readonly ids: Uint16Array;
  /** As many values a region as there are classes. */
  readonly means: Float32Array;
}

/**
 * Finds the likeliest class of each pixel of a larger picture, from probabilities [1,classes,h,w] interpolated
 * bilinearly. With regions the product of the pixel's own probability and its region's counts, and the confidence is
 * the root of that.
 */
export function upsampleClasses(
  { shape, data }: TensorValue,
  width: number,
  height: number,
  regions?: RegionProbabilities,
): ClassMap {
  const [, classes, rows, columns] = imageShape(shape);
  const labels = new Uint8Array(width * height);
  const confidence = new Float32Array(width * height);
  const across = Array.from({ length: width }, (_, x) => neighbours(x, width, columns));
  const line = new Float32Array(classes * columns);
  for (let y = 0; y < height; y++) {
    const [row, rest] = neighbours(y, height, rows);
    const next = Math.min(row + 1, rows - 1);
    for (let c = 0; c < classes; c++) {
      for (let x = 0; x < columns; x++) {
        line[c * columns + x] =
          data[(c * rows + row) * columns + x]! * (1 - rest) + data[(c * rows + next) * columns + x]! * rest;
      }
    }
    for (let x = 0; x < width; x++) {
      const [column, share] = across[x]!;
      const right = Math.min(column + 1, columns - 1);
      const p = y * width + x;
      const region = regions && regions.ids[p]! * classes;
      let best = 0,
        most = -1;
      for (let c = 0; c < classes; c++) {
        const own = line[c * columns + column]! * (1 - share) + line[c * columns + right]! * share;
        const value = region === undefined ? own : own * regions!.means[region + c]!;
        if (value > most) {
          best = c;
          most = value;
        }
      }
      labels[p] = best;
      confidence[p] = region === undefined ? most : Math.sqrt(most);
    }
  }
  return { width, height, labels, confidence };
}

/**
 * Locates a pixel's centre among the centres of a coarser axis: the index of the one before it, and the distance from
 * there, which is 0 for the last one.
 */
export function neighbours(index: number, size: number, coarse: number): [number, number] {
  const at = Math.min(Math.max(((index + 0.5) * coarse) / size - 0.5, 0), coarse - 1);
  return [Math.floor(at), at - Math.floor(at)];
}
