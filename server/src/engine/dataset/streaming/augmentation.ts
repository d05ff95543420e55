import type { Batch } from './experimentData';
import type { Experiment } from '../../experiment/experimentSchema';
import { normalisedByte } from './imageNormalisation';
import type { Picture } from '../../image/picture';
import { ignoreLabel } from '../layouts/classList';
import { seededRandom, type Random } from '../../common/random';

/** A picture, with its labels where it has some: one byte a pixel. */
export interface DatasetItem {
  readonly picture: Picture;
  readonly labels?: Uint8Array;
  /** What of its label file is left out, a clause each. */
  readonly faults?: readonly string[];
}

/** The crop, flip and colour change by which a batch shows a picture. */
export interface AugmentedSample {
  /** The index of the picture among all. */
  readonly index: number;
  /**
   * The part shown: `scale` is its sides, `left` and `top` its corner, in shares of the picture's sides. A scale above
   * 1 reaches beyond the picture.
   */
  readonly scale: number;
  readonly left: number;
  readonly top: number;
  readonly flip: boolean;
  /** The factors of brightness, by channel. */
  readonly gains: readonly number[];
  readonly contrast: number;
  /** The factor of the distance of colours from grey. */
  readonly saturation: number;
}

/** Makes a sample without augmentation: the full picture, unchanged. */
export function plainSample(index: number): AugmentedSample {
  return { index, scale: 1, left: 0, top: 0, flip: false, gains: [1, 1, 1], contrast: 1, saturation: 1 };
}

/** Draws the index of a picture. */
export type PictureDraw = (next: Random) => number;

/** Returns a draw that gives each of so many pictures the same chance. */
export function drawEvenly(count: number): PictureDraw {
  return next => Math.floor(next() * count);
}

/**
 * Draws a batch's samples. They depend on the arguments alone.
 * @param number of the batch, counted from 1
 */
export function drawSamples(
  draw: PictureDraw,
  { batch, augmentation }: Pick<Experiment['training'], 'batch' | 'augmentation'>,
  labelled: boolean,
  seed: number,
  number: number,
): AugmentedSample[] {
  const next = seededRandom((seed ^ Math.imul(number, 0x85ebca6b)) >>> 0);
  return Array.from({ length: batch }, () => {
    const index = draw(next);
    if (!augmentation.enabled) return plainSample(index);
    const window = randomWindow(augmentation, labelled, next);
    // Light and colour vary on the source alone: the target's are what the network is to learn, and its statistics with
    // them.
    const vary = (share: number) => (labelled ? 1 + share * (2 * next() - 1) : 1);
    const light = vary(augmentation.brightness);
    return {
      index,
      ...window,
      gains: [0, 1, 2].map(() => light * vary(augmentation.colour / 2)),
      contrast: vary(augmentation.colour),
      saturation: vary(Math.min(1, 2 * augmentation.colour)),
    };
  });
}

/**
 * Draws a random part of a picture. Only labels can mark what lies beyond a picture's edges: without them the part
 * stays within.
 */
function randomWindow(
  { scale: factors, flip }: Experiment['training']['augmentation'],
  labelled: boolean,
  next: Random,
): Pick<AugmentedSample, 'scale' | 'left' | 'top' | 'flip'> {
  const bounded = (factor: number) => (labelled ? factor : Math.max(1, factor));
  const [smallest, largest] = [bounded(Math.min(...factors)), bounded(Math.max(...factors))];
  const scale = 1 / (smallest + next() * (largest - smallest));
  return { scale, left: next() * (1 - scale), top: next() * (1 - scale), flip: flip && next() < 0.5 };
}

/**
 * Renders pictures as the samples say, one after the other, all at one size. Beyond a picture's edges lies the mean of
 * all pictures, without labels.
 * @param items by place in the batch; all with labels, or none
 */
export function renderBatch(
  samples: readonly AugmentedSample[],
  items: readonly DatasetItem[],
  [width, height]: readonly [number, number],
): Batch {
  const area = width * height;
  const images = new Float32Array(samples.length * 3 * area);
  const labels = items[0]!.labels && new Int32Array(samples.length * area);
  samples.forEach((sample, n) => {
    const item = items[n]!;
    const { picture } = item;
    const across = axisPositions(width, picture.width, sample.scale, sample.left);
    const down = axisPositions(height, picture.height, sample.scale, sample.top);
    if (sample.flip) across.reverse();
    renderPicture(images.subarray(3 * n * area, 3 * (n + 1) * area), picture, across, down, sample);
    if (labels) renderLabels(labels.subarray(n * area, (n + 1) * area), item, across, down);
  });
  return {
    images: { shape: [samples.length, 3, height, width], data: images },
    ...(labels && { labels: { shape: [samples.length, 1, height, width], data: labels } }),
  };
}

function renderPicture(
  to: Float32Array,
  { width, rgb }: Picture,
  across: readonly AxisPosition[],
  down: readonly AxisPosition[],
  { gains, contrast, saturation }: AugmentedSample,
): void {
  const pixel = [0, 0, 0];
  const area = across.length * down.length;
  let p = 0;
  for (const y of down) {
    for (const x of across) {
      if (!x.outside && !y.outside) {
        for (let c = 0; c < 3; c++) {
          const above =
            rgb[3 * (y.first * width + x.first) + c]! * (1 - x.share) +
            rgb[3 * (y.first * width + x.second) + c]! * x.share;
          const below =
            rgb[3 * (y.second * width + x.first) + c]! * (1 - x.share) +
            rgb[3 * (y.second * width + x.second) + c]! * x.share;
          pixel[c] = above * (1 - y.share) + below * y.share;
        }
        const grey = (pixel[0]! + pixel[1]! + pixel[2]!) / 3;
        for (let c = 0; c < 3; c++) {
          const coloured = grey + (pixel[c]! - grey) * saturation;
          const value = ((coloured - 110) * contrast + 110) * gains[c]!;
          to[c * area + p] = normalisedByte(Math.min(255, Math.max(0, value)), c);
        }
      }
      p++;
    }
  }
}

function renderLabels(
  to: Int32Array,
  { picture: { width }, labels }: DatasetItem,
  across: readonly AxisPosition[],
  down: readonly AxisPosition[],
): void {
  let p = 0;
  for (const y of down)
    for (const x of across) to[p++] = x.outside || y.outside ? ignoreLabel : labels![y.nearest * width + x.nearest]!;
}

/**
 * A position on a picture's axis: the pixels whose centres it lies between, the share of the second, and the nearest.
 */
interface AxisPosition {
  readonly first: number;
  readonly second: number;
  readonly share: number;
  readonly nearest: number;
  readonly outside: boolean;
}

/**
 * Locates the pixels of an axis on a picture's axis, of which they show the part from `start` on, `scale` long, in
 * shares.
 */
function axisPositions(size: number, full: number, scale: number, start: number): AxisPosition[] {
  return Array.from({ length: size }, (_, to) => {
    const share = ((to + 0.5) / size) * scale + start;
    const at = Math.min(full - 1, Math.max(0, share * full - 0.5));
    const first = Math.floor(at);
    return {
      first,
      second: Math.min(full - 1, first + 1),
      share: at - first,
      nearest: Math.round(at),
      outside: share < 0 || share >= 1,
    };
  });
}
