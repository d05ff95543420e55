import type { Batch } from '../../dataset/streaming/experimentData';
import type { Experiment } from '../../experiment/experimentSchema';
import { stepInputs } from './trainingProgram';
import { learningRateShare } from './trainingPhase';
import { mixingFeeds } from '../strategies/selfTraining';
import type { TensorValue } from '../../graph/core/operation';
import { denormalisedByte, normalisedByte } from '../../dataset/streaming/imageNormalisation';
import { imageShape } from '../../graph/core/tensorShape';

/**
 * Computes the share of its full weight that adaptation has at a step, counted from 1: 0 in the warm-up, then growing
 * evenly, then 1.
 */
export function adaptationStrength(
  step: number,
  { warmUp, rampUp }: Pick<Experiment['adaptation'], 'warmUp' | 'rampUp'>,
): number {
  return Math.min(1, Math.max(0, (step - warmUp) / (rampUp + 1)));
}

/** Makes the values of all inputs of a training step of a phase, counted from 1. */
export function stepFeeds(
  experiment: Experiment,
  step: number,
  source: Batch,
  target: Batch | undefined,
): Record<string, TensorValue> {
  const {
    training: { batch, learningRate, discriminatorLearningRate },
    adaptation,
  } = experiment;
  const share = learningRateShare(step, experiment.training);
  return {
    [stepInputs.source]: target
      ? matchHistograms(target.images, source.images, Math.round(adaptation.targetHistograms * batch))
      : source.images,
    [stepInputs.labels]: source.labels!,
    ...(target && adaptation.strategy !== 'none' && { [stepInputs.target]: target.images }),
    [stepInputs.rate]: number(learningRate * share),
    [stepInputs.discriminatorRate]: number(discriminatorLearningRate * share),
    [stepInputs.strength]: number(adaptationStrength(step, adaptation)),
    ...(adaptation.strategy === 'self-training' && mixingFeeds(experiment, step, source)),
  };
}

function number(value: number): TensorValue {
  return { shape: [], data: Float32Array.of(value) };
}

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
