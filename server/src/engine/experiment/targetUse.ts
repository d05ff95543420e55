import type { Experiment } from './experimentSchema';

/** Whether training needs batches of target photos: to adapt, or to give the source their light and colours. */
export function usesTarget({ target, adaptation }: Experiment): boolean {
  const borrowed = Math.max(adaptation.targetHistograms, adaptation.targetAmplitudes);
  return adaptation.strategy !== 'none' || (target !== undefined && borrowed > 0);
}

/** Whether a network learns from target photos: from batches of them, or from their statistics alone. */
export function adaptsToTarget(experiment: Experiment): boolean {
  const { target, adaptation } = experiment;
  return usesTarget(experiment) || (target !== undefined && adaptation.targetStatistics > 0);
}
