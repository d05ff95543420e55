import { random, type Random } from '../../common/random';
import type { TensorValue } from '../../graph/core/operation';
import type { Batch } from '../data';
import type { Experiment } from '../experiment';
import { ignoreLabel } from '../labels';
import { mixingInputs } from './selfTraining';

/**
 * How far a mixed picture's contrast and its channels' brightness vary, in units of the normalised picture (DACS,
 * section 4.1).
 */
const jitter = 0.25;

/** The values of self-training's inputs at a step, from 1. They depend on the seed, the step and the batch alone. */
export function mixingFeeds(
  { training: { seed, augmentation }, adaptation }: Experiment,
  step: number,
  { images, labels }: Batch,
): Record<string, TensorValue> {
  const next = random((seed ^ Math.imul(step, 0x9e3779b1)) >>> 0);
  const [batch, , height, width] = images.shape;
  const area = height * width;
  const mask = new Float32Array(batch * area);
  for (let n = 0; n < batch; n++) {
    const picture = labels!.data.subarray(n * area, (n + 1) * area);
    const chosen = halfOfClasses(picture, next);
    picture.forEach((label, p) => {
      mask[n * area + p] = chosen.has(label) ? 1 : 0;
    });
  }
  const around = (centre: number) => (augmentation.enabled ? centre + (2 * next() - 1) * jitter : centre);
  const perChannel = (centre: number): TensorValue => {
    const data = Array.from({ length: batch }, () => around(centre)).flatMap(common =>
      [0, 1, 2].map(() => common + around(0) / 2),
    );
    return { shape: [batch, 3, 1, 1], data: Float32Array.from(data) };
  };
  return {
    [mixingInputs.mask]: { shape: [batch, 1, height, width], data: mask },
    [mixingInputs.gain]: perChannel(1),
    [mixingInputs.offset]: perChannel(0),
    [mixingInputs.decay]: { shape: [], data: Float32Array.of(teacherDecay(step, adaptation.teacherDecay)) },
  };
}

/**
 * At first the teacher is the plain mean of the networks so far, which forgets the untrained ones sooner (Tarvainen &
 * Valpola).
 */
export function teacherDecay(step: number, final: number): number {
  return Math.min(final, 1 - 1 / step);
}

/** Half, rounded up, of the classes in a label map (ClassMix, Olsson et al., WACV 2021, algorithm 1). */
function halfOfClasses(labels: Float32Array | Int32Array, next: Random): Set<number> {
  const present = [...new Set(labels)].filter(label => label !== ignoreLabel).sort((a, b) => a - b);
  const wanted = Math.ceil(present.length / 2);
  while (present.length > wanted) present.splice(Math.floor(next() * present.length), 1);
  return new Set(present);
}
