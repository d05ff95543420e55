import type { Experiment } from '../../experiment/experimentSchema';
import { trainedSize } from '../../experiment/trainedSize';

/** A part of a training run whose steps are all alike: the source alone, then adaptation. */
export interface TrainingPhase {
  /** The experiment as if it consisted of this phase only: its strategy, steps, batch, size and learning rates. */
  readonly experiment: Experiment;
  /** The number of the run's steps before it. */
  readonly before: number;
}

/**
 * Lists the phases of a run in their order. With the strategy none, and while the warm-up lasts, the network learns
 * from the source alone; adaptation then starts from that network, with batches and learning rates of its own.
 */
export function trainingPhases(experiment: Experiment): TrainingPhase[] {
  const { adaptation, training } = experiment;
  if (adaptation.strategy === 'none') return [{ experiment, before: 0 }];
  const { warmUp, batch = training.batch, rateShare } = adaptation;
  const alone: Experiment = {
    ...experiment,
    adaptation: { ...adaptation, strategy: 'none', warmUp: 0 },
    training: { ...training, steps: warmUp },
  };
  const adapted: Experiment = {
    ...experiment,
    adaptation: { ...adaptation, warmUp: 0 },
    training: {
      ...training,
      size: [...trainedSize(experiment)],
      batch,
      steps: training.steps - warmUp,
      learningRate: training.learningRate * rateShare,
      encoderLearningRate: training.encoderLearningRate * rateShare,
    },
  };
  return [...(warmUp > 0 ? [{ experiment: alone, before: 0 }] : []), { experiment: adapted, before: warmUp }];
}

/** Returns the phase that a step of the run belongs to, counted from 1. */
export function phaseOf(experiment: Experiment, step: number): TrainingPhase {
  return trainingPhases(experiment).findLast(({ before }) => step > before)!;
}

/** Returns the number of the run's steps on the source alone. */
export function sourceSteps({ adaptation, training }: Experiment): number {
  return adaptation.strategy === 'none' ? training.steps : adaptation.warmUp;
}

/** The published exponent of the learning rate's decay (AdaptSegNet, section 4.3). */
const power = 0.9;

/**
 * Computes the share of the initial learning rate at a step of a phase, counted from 1: it grows evenly over the first
 * `rateWarmUp` steps, and falls from 1 to almost 0.
 */
export function learningRateShare(
  step: number,
  { steps, rateWarmUp }: Pick<Experiment['training'], 'steps' | 'rateWarmUp'>,
): number {
  return Math.min(1, step / (rateWarmUp + 1)) * (1 - (step - 1) / steps) ** power;
}

/** Computes the learning rate of the segmentation network at a step of the run, counted from 1. */
export function learningRateAt(experiment: Experiment, step: number): number {
  const { experiment: own, before } = phaseOf(experiment, step);
  return own.training.learningRate * learningRateShare(step - before, own.training);
}
