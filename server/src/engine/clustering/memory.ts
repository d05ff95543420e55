import type { Size } from './resize';

export interface TrainingSize extends Size { readonly channels: number; readonly blocks: number }

const tensorsPerBlock = 12;
const tensorsBeside = 12;
const megabytesBeside = 150;

/**
 * Megabytes that a process needs at most to train the published network: tensors of `channels` floats a pixel that are alive
 * at one time, and what the process holds anyway. Fitted to measured peaks of the `cpu` back end.
 */
export function trainingMemory({ width, height, channels, blocks }: TrainingSize): number {
  return megabytesBeside + width * height * channels * 4 * (tensorsBeside + tensorsPerBlock * blocks) / 1e6;
}

/** The size, of the same proportions and at most the given one, whose training stays within `limit` megabytes. */
export function sizeWithin(limit: number, wanted: TrainingSize): Size {
  let { width, height } = wanted;
  while (width * height > 1 && trainingMemory({ ...wanted, width, height }) > limit) {
    const scale = Math.min(Math.sqrt(Math.max(limit - megabytesBeside, 1) / (trainingMemory({ ...wanted, width, height }) - megabytesBeside)), 0.99);
    width = Math.max(Math.floor(width * scale), 1);
    height = Math.max(Math.floor(height * scale), 1);
  }
  return { width, height };
}
