import type { TensorValue } from '../../graph/core/operation';
import { imageShape } from '../../graph/core/tensorShape';
import type { Experiment } from '../../experiment/experimentSchema';
import { denormalisedValue, normalisedByte } from './imageNormalisation';
import type { Random } from '../../common/random';

/** How the light and the colours of a training picture vary. 1 changes nothing. */
export interface ColourVariation {
  /** The factor of the picture's mean. */
  readonly brightness: number;
  /** The factor of the distance of values from the picture's mean. */
  readonly contrast: number;
  /** The factors of the channels. */
  readonly gains: readonly number[];
  /** The factor of the distance of colours from grey; 0: grey. */
  readonly saturation: number;
}

/**
 * Draws a variation. Saturation falls further than it grows: where photos are duller than the source, as they are than
 * rendered frames, colours that are reliable on the source are not to be relied on.
 */
export function drawColours(
  { brightness, colour }: Experiment['training']['augmentation'],
  next: Random,
): ColourVariation {
  const vary = (share: number) => 1 + share * (2 * next() - 1);
  return {
    brightness: vary(brightness),
    contrast: vary(colour),
    gains: [0, 1, 2].map(() => vary(colour / 4)),
    saturation: Math.max(0, 1 + colour * (3.75 * next() - 2.5)),
  };
}

/**
 * Varies light and colours of pictures; values stay within those of bytes.
 * @param images normalised pictures, float32 [N,3,H,W]; not modified
 * @param variations by picture
 */
export function varyColours(images: TensorValue, variations: readonly ColourVariation[]): TensorValue {
  const [, , height, width] = imageShape(images.shape);
  const area = height * width;
  const data = new Float32Array(images.data.length);
  variations.forEach((variation, n) => {
    const part = [3 * n * area, 3 * (n + 1) * area] as const;
    varyPicture(images.data.subarray(...part), data.subarray(...part), area, variation);
  });
  return { shape: images.shape, data };
}

function varyPicture(
  from: TensorValue['data'],
  to: Float32Array,
  area: number,
  { brightness, contrast, gains, saturation }: ColourVariation,
): void {
  const byte = (channel: number, p: number) => denormalisedValue(from[channel * area + p]!, channel);
  let sum = 0;
  for (let channel = 0; channel < 3; channel++) for (let p = 0; p < area; p++) sum += byte(channel, p);
  const mean = sum / (3 * area);
  for (let p = 0; p < area; p++) {
    const grey = (byte(0, p) + byte(1, p) + byte(2, p)) / 3;
    for (let channel = 0; channel < 3; channel++) {
      const coloured = grey + (byte(channel, p) - grey) * saturation;
      const value = ((coloured - mean) * contrast + mean * brightness) * gains[channel]!;
      to[channel * area + p] = normalisedByte(Math.min(255, Math.max(0, value)), channel);
    }
  }
}
