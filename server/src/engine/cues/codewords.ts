import type { Planes } from '../pixels/planes';
import type { Random } from '../common/random';
import type { RegionMap } from '../../../../mask/regions/regionMap';
import type { Size } from '../image/picture';
import { type RegionSums, emptySums } from '../superpixels/regionSums';

/** The codeword of each pixel: which of `count` typical values it is nearest to. */
export interface CodewordMap extends Size {
  readonly count: number;
  readonly ids: Uint8Array;
}

/** Pixels from which the typical values are learned. */
const mostSamples = 2000;
const iterations = 5;

/** The values of evenly spread pixels, channel after channel of each pixel. */
function samplesOf({ width, height, channels, data }: Planes): Float32Array {
  const size = width * height;
  const step = Math.max(Math.floor(size / mostSamples), 1);
  const count = Math.ceil(size / step);
  const samples = new Float32Array(count * channels);
  for (let c = 0; c < channels; c++)
    for (let i = 0; i < count; i++) samples[i * channels + c] = data[c * size + i * step];
  return samples;
}

/** Squared distance of two values; from `most` on it may stop early, with a number that is no less than `most`. */
function squaredDistance(
  a: Float32Array,
  i: number,
  b: Float32Array,
  j: number,
  channels: number,
  most: number,
): number {
  let sum = 0;
  for (let c = 0; c < channels && sum < most; c++) {
    const difference = a[i + c] - b[j + c];
    sum += difference * difference;
  }
  return sum;
}

/** First centres by k-means++: a sample's chance is in proportion to its squared distance from the centres so far. */
function firstCentres(samples: Float32Array, channels: number, count: number, next: Random): Float32Array {
  const total = samples.length / channels;
  const centres = new Float32Array(count * channels);
  const nearest = new Float64Array(total).fill(1);
  for (let k = 0; k < count; k++) {
    let left = next() * nearest.reduce((sum, distance) => sum + distance, 0);
    let chosen = 0;
    while (chosen + 1 < total && (left -= nearest[chosen]) > 0) chosen++;
    centres.set(samples.subarray(chosen * channels, (chosen + 1) * channels), k * channels);
    for (let i = 0; i < total; i++) {
      const most = k === 0 ? Infinity : nearest[i];
      nearest[i] = Math.min(most, squaredDistance(samples, i * channels, centres, k * channels, channels, most));
    }
  }
  return centres;
}

/** The centre nearest to a value; quick where `guess` is near already. */
function nearestCentre(
  values: Float32Array,
  at: number,
  centres: Float32Array,
  channels: number,
  guess: number,
): number {
  let best = guess;
  let least = squaredDistance(values, at, centres, guess * channels, channels, Infinity);
  for (let k = 0, c = 0; c < centres.length; k++, c += channels) {
    const distance = squaredDistance(values, at, centres, c, channels, least);
    if (distance < least) {
      least = distance;
      best = k;
    }
  }
  return best;
}

/** Moves each centre to the mean of the samples nearest to it; one without samples stays. */
function improve(centres: Float32Array, samples: Float32Array, channels: number): void {
  const sums = new Float64Array(centres.length);
  const counts = new Uint32Array(centres.length / channels);
  for (let i = 0, k = 0; i < samples.length; i += channels) {
    k = nearestCentre(samples, i, centres, channels, k);
    counts[k]++;
    for (let c = 0; c < channels; c++) sums[k * channels + c] += samples[i + c];
  }
  for (let i = 0; i < centres.length; i++) {
    const count = counts[Math.floor(i / channels)];
    if (count > 0) centres[i] = sums[i] / count;
  }
}

/** What is learned of samples. */
interface CodewordPlan {
  readonly channels: number;
  /** How many typical values. */
  readonly count: number;
  /** Rounds of k-means. */
  readonly rounds: number;
}

/**
 * Learns typical values of samples by k-means.
 * @param samples channel after channel of each
 * @returns likewise
 */
export function learnCodewords(
  samples: Float32Array,
  { channels, count, rounds }: CodewordPlan,
  next: Random,
): Float32Array {
  const centres = firstCentres(samples, channels, count, next);
  for (let round = 0; round < rounds; round++) improve(centres, samples, channels);
  return centres;
}

/**
 * Learns `count` typical values, at most 256, of a picture's pixels by k-means, and gives each pixel the nearest: a
 * palette where the channels are colours, textons where they are filter responses (Malik et al., *Contour and Texture
 * Analysis for Image Segmentation*, IJCV 2001, section 2.2). Seeds as in Arthur and Vassilvitskii, *k-means++*, SODA
 * 2007.
 */
export function quantise(planes: Planes, count: number, next: Random): CodewordMap {
  const { width, height, channels, data } = planes;
  const size = width * height;
  const centres = learnCodewords(samplesOf(planes), { channels, count, rounds: iterations }, next);
  const ids = new Uint8Array(size);
  const pixel = new Float32Array(channels);
  for (let p = 0; p < size; p++) {
    for (let c = 0; c < channels; c++) pixel[c] = data[c * size + p];
    ids[p] = nearestCentre(pixel, 0, centres, channels, p > 0 ? ids[p - 1] : 0);
  }
  return { width, height, count, ids };
}

/** Counts the codewords in each region; from a map of another size each pixel takes the codeword at its place. */
export function codewordCounts(regions: RegionMap, map: CodewordMap): RegionSums {
  const { width, height, ids } = regions;
  const made = emptySums(regions, map.count);
  const columns = Int32Array.from({ length: width }, (_, x) => Math.floor(((x + 0.5) * map.width) / width));
  for (let y = 0, p = 0; y < height; y++) {
    const row = Math.floor(((y + 0.5) * map.height) / height) * map.width;
    for (let x = 0; x < width; x++, p++) made.sums[ids[p] * map.count + map.ids[row + columns[x]]]++;
  }
  return made;
}
