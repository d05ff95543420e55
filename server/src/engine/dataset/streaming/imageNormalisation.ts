import type { Picture } from '../../image/picture';
import type { TensorValue } from '../../graph/core/operation';
import { imageShape } from '../../graph/core/tensorShape';

/** Mean and spread of ImageNet's pictures by channel, 0 … 1: what pretrained encoders were trained on. */
export const [means, spreads] = [
  [0.485, 0.456, 0.406],
  [0.229, 0.224, 0.225],
];

/** Converts a channel's byte to the value that the networks see. */
export function normalisedByte(value: number, channel: number): number {
  return (value / 255 - means[channel]!) / spreads[channel]!;
}

/** Converts a value that a network sees back to that of a byte, not rounded; inverse of `normalisedByte`. */
export function denormalisedValue(normalised: number, channel: number): number {
  return (normalised * spreads[channel]! + means[channel]!) * 255;
}

/** Converts a value that a network sees back to the nearest byte, 0 … 255. */
export function denormalisedByte(normalised: number, channel: number): number {
  return Math.min(Math.max(Math.round(denormalisedValue(normalised, channel)), 0), 255);
}

/** Converts a picture to what the networks see: [1,3,H,W], each channel with mean 0 and spread 1 over ImageNet. */
export function normalisedPicture({ width, height, rgb }: Picture): TensorValue {
  const area = width * height;
  const data = new Float32Array(3 * area);
  for (let channel = 0; channel < 3; channel++) {
    for (let p = 0; p < area; p++) data[channel * area + p] = normalisedByte(rgb[3 * p + channel]!, channel);
  }
  return { shape: [1, 3, height, width], data };
}

/** Turns a normalised picture [1,3,H,W] back into bytes; inverse of `normalisedPicture`. */
export function denormalisedPicture({ shape, data }: TensorValue): Picture {
  const [, , height, width] = imageShape(shape);
  const area = width * height;
  const rgb = new Uint8Array(3 * area);
  for (let channel = 0; channel < 3; channel++) {
    for (let p = 0; p < area; p++) rgb[3 * p + channel] = denormalisedByte(data[channel * area + p]!, channel);
  }
  return { width, height, rgb };
}
