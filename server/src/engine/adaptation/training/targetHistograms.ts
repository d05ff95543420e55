import type { TensorValue } from '../../graph/core/operation';
import { denormalisedByte, normalisedByte } from '../../dataset/streaming/imageNormalisation';
import { imageShape } from '../../graph/core/tensorShape';

const levels = 256;

/**
 * Gives the first `count` source pictures the histograms of the target pictures with the same numbers, channel by
 * channel (histogram specification: Gonzalez and Woods, Digital Image Processing, section 3.3). What was dark stays
 * darker than what was bright, so that labels hold, and light and colours are the target's.
 * @param source normalised pictures, float32 [N,3,H,W]
 * @param target normalised pictures, at least `count`, of any size
 * @param count 0 … N
 * @returns new pictures, or `source` where nothing changes; `source` itself is not modified
 */
export function matchHistograms(target: TensorValue, source: TensorValue, count: number): TensorValue {
  if (count === 0) return source;
  const data = Float32Array.from(source.data);
  const [area, targetArea] = [planeSize(source), planeSize(target)];
  for (let plane = 0; plane < 3 * count; plane++) {
    const channel = plane % 3;
    const pixels = data.subarray(plane * area, (plane + 1) * area);
    const wanted = cumulative(target.data.subarray(plane * targetArea, (plane + 1) * targetArea), channel);
    const table = specification(cumulative(pixels, channel), wanted).map(level => normalisedByte(level, channel));
    pixels.forEach((value, p) => {
      pixels[p] = table[denormalisedByte(value, channel)]!;
    });
  }
  return { shape: source.shape, data };
}

function planeSize({ shape }: TensorValue): number {
  const [, , height, width] = imageShape(shape);
  return height * width;
}

/** Computes for each level the share of the pixels of that level or below. */
function cumulative(pixels: TensorValue['data'], channel: number): Float64Array {
  const shares = new Float64Array(levels);
  for (const value of pixels) shares[denormalisedByte(value, channel)]! += 1 / pixels.length;
  for (let level = 1; level < levels; level++) shares[level]! += shares[level - 1]!;
  return shares;
}

/** Finds the level that each level becomes: the one below which the share of the wanted pixels is that of its own. */
function specification(own: Float64Array, wanted: Float64Array): number[] {
  let to = 0;
  return Array.from(own, (share, level) => {
    const middle = (share + (level > 0 ? own[level - 1]! : 0)) / 2;
    while (to < levels - 1 && wanted[to]! < middle) to++;
    return to;
  });
}
