import os from 'node:os';
import path from 'node:path';
import type { EvaluationResult } from '../../../../protocol/trainingRun';
import { findConflicts } from '../../engine/experiment/conflicts';
import { evaluateRun } from '../../engine/adaptation/evaluateRun';
import type { Experiment } from '../../engine/experiment/experimentSchema';
import { largestBatchWithin, experimentMemory } from '../../engine/adaptation/training/adaptationMemory';
import { openBackend } from '../../engine/backend/openBackend';
import { resolveClasses } from '../../engine/dataset/layouts/classList';
import { inspectData } from '../../engine/dataset/inspection/inspectData';
import type { EvaluateTask, Inspection, InspectTask, MemoryShortage } from '../jobMessages';
import { backendOptions, type TaskContext } from './taskContext';

/** Evaluates a training run, and reports the number of pictures that are done. */
export function evaluate(
  { folder, checkpoint, settings }: EvaluateTask,
  { emit, signals }: Pick<TaskContext, 'emit' | 'signals'>,
): Promise<EvaluationResult> {
  return evaluateRun(folder, {
    checkpoint,
    openBackend: () => openBackend(settings.backend, backendOptions(settings)),
    signal: signals.cancel,
    onPicture: pictures => {
      emit({ type: 'pictures', done: pictures });
    },
    onProblem: problem => {
      emit({ type: 'log', level: 'warn', message: `${path.basename(folder)}: ${problem}` });
    },
  });
}

/** Checks whether the data that an experiment names exist and are valid, and whether this machine can train it. */
export async function inspectExperiment(
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

/** The back ends that use memory other than the machine's own, of unknown size. */
const otherMemory = new Set<Experiment['training']['backend']>(['webgpu', 'cuda', 'directml', 'coreml']);

function memoryShortage(experiment: Experiment, classes: number): MemoryShortage | undefined {
  if (otherMemory.has(experiment.training.backend) || findConflicts(experiment).length > 0) return undefined;
  const constrained = process.constrainedMemory();
  const available = Math.min(os.totalmem(), constrained > 0 ? constrained : Infinity) / 1e6;
  const needed = experimentMemory(experiment, classes);
  return needed <= available
    ? undefined
    : { needed, available, batch: largestBatchWithin(available, experiment, classes) };
}
