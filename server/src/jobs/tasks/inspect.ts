import os from 'node:os';
import { conflictsOf } from '../../engine/experiment/conflicts';
import type { Experiment } from '../../engine/experiment/experimentSchema';
import { batchWithin, experimentMemory } from '../../engine/adaptation/training/adaptationMemory';
import { resolveClasses } from '../../engine/dataset/layouts/classList';
import { inspectData } from '../../engine/dataset/inspection/inspectData';
import type { Inspection, InspectTask, MemoryShortage } from '../messages';
import type { TaskContext } from './run';

/**
 * Looks at what an experiment file names: whether its data are there and fit, and whether this machine can train it.
 */
export async function inspect(
  { experiment, base }: InspectTask,
  { signals }: Pick<TaskContext, 'signals'>,
): Promise<Inspection> {
  const findings = await inspectData(experiment, base, signals.cancel);
  const { classes } = experiment;
  const memory = memoryShortage(
    experiment,
    typeof classes === 'string' ? resolveClasses(classes).definitions.length : classes.length,
  );
  return { findings, ...(memory && { memory }) };
}

/** Back ends whose memory is not the machine's own, and so not known. */
const elsewhere = new Set<Experiment['training']['backend']>(['webgpu', 'cuda', 'directml', 'coreml']);

function memoryShortage(experiment: Experiment, classes: number): MemoryShortage | undefined {
  if (elsewhere.has(experiment.training.backend) || conflictsOf(experiment).length > 0) return undefined;
  const constrained = process.constrainedMemory();
  const available = Math.min(os.totalmem(), constrained > 0 ? constrained : Infinity) / 1e6;
  const needed = experimentMemory(experiment, classes);
  return needed <= available ? undefined : { needed, available, batch: batchWithin(available, experiment, classes) };
}
