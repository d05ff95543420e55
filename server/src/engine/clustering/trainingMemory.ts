import type { Size } from '../image/picture';

/** What the memory of training depends on. */
export interface TrainingSize extends Size {
  readonly channels: number;
  readonly blocks: number;
  /** Whether the loss has the continuity term, whose differences and their signs are as large as the responses. */
  readonly continuity: boolean;
}

/** Numbers of tensors of `channels` floats a pixel that are alive at one time. */
const tensorsPerBlock = 6;
const tensorsOfLoss = 12;
const tensorsOfContinuity = 18;
/** Megabytes of the process without any training. */
const megabytesBeside = 150;

/**
 * Megabytes that a process needs at most to train the published network. Fitted to peaks of the `cpu` back end at
 * 321×481 with 100 channels: 1,170 and 1,911 MB with 1 and 3 blocks, 2,669 MB with 2 blocks and continuity.
 */
export function trainingMemory({ width, height, channels, blocks, continuity }: TrainingSize): number {
  const tensors = tensorsOfLoss + tensorsPerBlock * blocks + (continuity ? tensorsOfContinuity : 0);
  return megabytesBeside + (width * height * channels * 4 * tensors) / 1e6;
}

/** The largest size, of the given proportions and at most the given one, whose training fits in `limit` megabytes. */
export function sizeWithin(limit: number, wanted: TrainingSize): Size {
  let { width, height } = wanted;
  while (width * height > 1 && trainingMemory({ ...wanted, width, height }) > limit) {
    const scale = Math.min(
      Math.sqrt(
        Math.max(limit - megabytesBeside, 1) / (trainingMemory({ ...wanted, width, height }) - megabytesBeside),
      ),
      0.99,
    );
    width = Math.max(Math.floor(width * scale), 1);
    height = Math.max(Math.floor(height * scale), 1);
  }
  return { width, height };
}
