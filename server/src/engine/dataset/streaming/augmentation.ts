import { drawColours, type ColourVariation } from './colourVariation';
import type { Batch } from './experimentData';
import type { Experiment } from '../../experiment/experimentSchema';
import type { Picture } from '../../image/picture';
import { axisPositions, largestPart, samplePicture, type AxisPosition } from './partSampling';
import { ignoreLabel } from '../layouts/classList';
import { seededRandom, type Random } from '../../common/random';

/** A picture, with its labels where it has some: one byte a pixel. */
export interface DatasetItem {
  readonly picture: Picture;
  readonly labels?: Uint8Array;
  /** What of its label file is left out, a clause each. */
  readonly faults?: readonly string[];
}

/** The crop and flip by which a batch shows a picture, and the change of its colours, which training makes. */
export interface AugmentedSample {
  /** The index of the picture among all. */
  readonly index: number;
  /**
   * The part shown: `scale` is its sides, in shares of the largest part of the picture with the batch's proportions. A
   * scale above 1 reaches beyond the picture. `left` and `top` are its place: 0 at the picture's left or upper edge, 1
   * at the other.
   */
  readonly scale: number;
  readonly left: number;
  readonly top: number;
  readonly flip: boolean;
  /** Light and colours vary on pictures with labels alone: the target's are what the network is to learn. */
  readonly colours?: ColourVariation;
}

/** Makes a sample without augmentation: the full picture, unchanged. */
export function plainSample(index: number): AugmentedSample {
  return { index, scale: 1, left: 0, top: 0, flip: false };
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
    return { index, ...window, ...(labelled && { colours: drawColours(augmentation, next) }) };
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
  return { scale, left: next(), top: next(), flip: flip && next() < 0.5 };
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
    const [fullWidth, fullHeight] = largestPart(picture, width / height);
    const across = axisPositions(width, picture.width, sample.scale * fullWidth, sample.left);
    const down = axisPositions(height, picture.height, sample.scale * fullHeight, sample.top);
    if (sample.flip) across.reverse();
    samplePicture(images.subarray(3 * n * area, 3 * (n + 1) * area), picture, across, down);
    if (labels) renderLabels(labels.subarray(n * area, (n + 1) * area), item, across, down);
  });
  return {
    images: { shape: [samples.length, 3, height, width], data: images },
    ...(samples[0]?.colours && { colours: samples.map(({ colours }) => colours!) }),
    ...(labels && { labels: { shape: [samples.length, 1, height, width], data: labels } }),
  };
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
