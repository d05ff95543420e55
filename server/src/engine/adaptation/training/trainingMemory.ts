import os from 'node:os';
import type { MemoryShortage } from '../../common/memoryShortage';
import { countClasses } from '../../dataset/layouts/classList';
import { findConflicts } from '../../experiment/conflicts';
import type { Experiment } from '../../experiment/experimentSchema';
import { experimentMemory, largestBatchWithin } from './adaptationMemory';

/** The back ends that use memory other than the machine's own, of unknown size. */
const otherMemory = new Set<Experiment['training']['backend']>(['webgpu', 'cuda', 'directml', 'coreml']);

/** Finds whether an experiment takes more memory than this machine has; undefined where it fits, as far as is known. */
export function findMemoryShortage(experiment: Experiment): MemoryShortage | undefined {
  if (otherMemory.has(experiment.training.backend) || findConflicts(experiment).length > 0) return undefined;
  const classes = countClasses(experiment.classes);
  const constrained = process.constrainedMemory();
  const available = Math.min(os.totalmem(), constrained > 0 ? constrained : Infinity) / 1e6;
  const needed = experimentMemory(experiment, classes);
  return needed <= available
    ? undefined
    : { needed, available, batch: largestBatchWithin(available, experiment, classes) };
}
