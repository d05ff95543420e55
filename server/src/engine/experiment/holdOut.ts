import type { Experiment } from './experimentSchema';
import { adaptsToTarget } from './targetUse';

/** The share that is held out where nothing else tells how good a network is. */
const usualShare = 0.1;

/** Returns the share of the source's pictures that an experiment holds out from training, 0 … 0.5. */
export function holdOutShare(experiment: Experiment): number {
  return experiment.source.holdOut ?? (adaptsToTarget(experiment) || experiment.evaluation ? 0 : usualShare);
}

/** Returns an experiment that names the share it holds out, so that its other settings no longer decide it. */
export function withHoldOut(experiment: Experiment, share = holdOutShare(experiment)): Experiment {
  return { ...experiment, source: { ...experiment.source, holdOut: share } };
}

/**
 * Whether held-out pictures choose the checkpoint that pictures are segmented with. They are of the source, and choose
 * none of a network that adapts to other pictures.
 */
export function isChosenByHoldOut(experiment: Experiment): boolean {
  return !adaptsToTarget(experiment) && holdOutShare(experiment) > 0;
}
