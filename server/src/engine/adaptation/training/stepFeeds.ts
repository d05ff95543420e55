import type { Batch } from '../../dataset/streaming/experimentData';
import { varyColours } from '../../dataset/streaming/colourVariation';
import type { Experiment } from '../../experiment/experimentSchema';
import { stepInputs } from './trainingProgram';
import { learningRateShare } from './trainingPhase';
import { averageKeeps, averageKeepsInput } from '../strategies/sourceOnly';
import { mixingFeeds } from '../strategies/selfTraining';
import { matchHistograms } from './targetHistograms';
import { exchangeAmplitudes } from './fourierAmplitudes';
import type { TensorValue } from '../../graph/core/operation';

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
    training: { learningRate, discriminatorLearningRate },
    adaptation,
  } = experiment;
  const share = learningRateShare(step, experiment.training);
  return {
    [stepInputs.source]: sourceImages(experiment, source, target),
    [stepInputs.labels]: source.labels!,
    ...(target && adaptation.strategy !== 'none' && { [stepInputs.target]: target.images }),
    [stepInputs.rate]: number(learningRate * share),
    [stepInputs.discriminatorRate]: number(discriminatorLearningRate * share),
    [averageKeepsInput]: number(averageKeeps(step, experiment.training.weightAverage)),
    [stepInputs.strength]: number(adaptationStrength(step, adaptation)),
    ...(adaptation.strategy === 'self-training' && mixingFeeds(experiment, step, source)),
  };
}

/** The source pictures as the network sees them: in the target's light where they are to have it, then varied. */
function sourceImages(experiment: Experiment, { images, colours }: Batch, target: Batch | undefined): TensorValue {
  const likened = target ? likeTarget(experiment, images, target.images) : images;
  return colours ? varyColours(likened, colours) : likened;
}

/** Gives source pictures the target's histograms, from the first on, and its amplitudes, from the last on. */
function likeTarget(
  { adaptation, training: { batch } }: Experiment,
  source: TensorValue,
  target: TensorValue,
): TensorValue {
  const { targetHistograms, targetAmplitudes, amplitudeWindow } = adaptation;
  const [histograms, amplitudes] = [targetHistograms, targetAmplitudes].map(share => Math.round(share * batch));
  return exchangeAmplitudes(target, matchHistograms(target, source, histograms!), amplitudes!, amplitudeWindow);
}

function number(value: number): TensorValue {
  return { shape: [], data: Float32Array.of(value) };
}
