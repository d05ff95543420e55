import type { Experiment } from '../../experiment/experimentSchema';
import { trainingPhases } from './trainingPhase';
import { trainingProgram } from './trainingProgram';
import { tensorMegabytes } from '../../graph/core/tensorMemory';

/**
 * What a training process holds per megabyte of tensors and of state, and beside them. Fitted to peaks of the `cpu`
 * back end, which it meets within 8 %: 249 and 1,018 MB for `compact` at 4 × 160×120 and 8 × 320×240, supervised; 475
 * and 1,163 MB against a discriminator at 4 × 160×120 and 4 × 320×240; 966 MB for self-training at 4 × 320×240; 596 and
 * 1,332 MB for `mobilenetv2-aspp` at 2 × 320×240, supervised and with two discriminators. Whole runs, which measure and
 * save as they go, peak as high: 1,026 and 1,146 MB for the second and the fourth of these, 911 MB for the fifth.
 */
const [perTensor, perState, megabytesBeside] = [1.3, 2, 145];

/**
 * Estimates the megabytes that a process needs to train an experiment on the processor, without the reading of
 * pictures.
 */
export function experimentMemory(experiment: Experiment, classes: number): number {
  const phases = trainingPhases(experiment).map(phase => {
    const { live, state } = tensorMegabytes(trainingProgram(phase.experiment, classes));
    return perTensor * live + perState * state;
  });
  return megabytesBeside + Math.max(...phases);
}

/**
 * Finds the largest batch, at most the experiment's own, that can be trained within `limit` megabytes; 0 where even one
 * picture cannot.
 */
export function largestBatchWithin(limit: number, experiment: Experiment, classes: number): number {
  const { training, adaptation } = experiment;
  const withBatch = (most: number) => {
    const batches = { training: { ...training, batch: most }, adaptation: { ...adaptation } };
    if (adaptation.batch !== undefined) batches.adaptation.batch = Math.min(adaptation.batch, most);
    return experimentMemory({ ...experiment, ...batches }, classes);
  };
  const { batch } = training;
  const [least, most] = [withBatch(1), withBatch(batch)];
  if (most <= limit) return batch;
  return least > limit ? 0 : Math.floor(1 + (limit - least) / ((most - least) / (batch - 1)));
}
