import type { Batch } from '../../dataset/streaming/experimentData';
import type { Experiment } from '../../experiment/experimentSchema';
import { matchHistograms } from './histograms';
import { stepInputs } from './trainingProgram';
import { mixingFeeds } from '../strategies/selfTraining';
import type { TensorValue } from '../../graph/core/operation';

/** The published exponent of the learning rate's decay (AdaptSegNet, section 4.3). */
const power = 0.9;

/** Computes the share of the initial learning rate at a step, counted from 1: it falls from 1 to almost 0. */
export function learningRateShare(step: number, steps: number): number {
  return (1 - (step - 1) / steps) ** power;
}

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

/** Makes the values of all inputs of a training step. */
export function stepFeeds(
  experiment: Experiment,
  step: number,
  source: Batch,
  target: Batch | undefined,
): Record<string, TensorValue> {
  const {
    training: { steps, batch, learningRate, discriminatorLearningRate },
    adaptation,
  } = experiment;
  const share = learningRateShare(step, steps);
  return {
    [stepInputs.source]: target
      ? matchHistograms(target.images, source.images, Math.round(adaptation.targetHistograms * batch))
      : source.images,
    [stepInputs.labels]: source.labels!,
    ...(target && { [stepInputs.target]: target.images }),
    [stepInputs.rate]: number(learningRate * share),
    [stepInputs.discriminatorRate]: number(discriminatorLearningRate * share),
    [stepInputs.strength]: number(adaptationStrength(step, adaptation)),
    ...(adaptation.strategy === 'self-training' && mixingFeeds(experiment, step, source)),
  };
}

function number(value: number): TensorValue {
  return { shape: [], data: Float32Array.of(value) };
}
