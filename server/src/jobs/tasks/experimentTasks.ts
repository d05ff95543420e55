import path from 'node:path';
import type { EvaluationResult, NetworkExport } from '../../../../protocol/trainingRun';
import { evaluateRun } from '../../engine/adaptation/evaluateRun';
import { exportNetwork } from '../../engine/adaptation/export/exportNetwork';
import { findMemoryShortage } from '../../engine/adaptation/training/trainingMemory';
import { proposeExperiment, type ExperimentProposal } from '../../engine/dataset/proposal/proposeExperiment';
import { hasBundledWeights } from '../../engine/adaptation/networks/bundledWeights';
import { openBackend } from '../../engine/backend/openBackend';
import { inspectTraining } from '../../engine/adaptation/inspection/inspectTraining';
import type { EvaluateTask, ExportNetworkTask, Inspection, InspectTask, ProposeTask } from '../jobMessages';
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

/** Writes the network of a training run for other programs. It may be cancelled until its files are written. */
export function exportRunNetwork(
  { folder, destination, replace }: ExportNetworkTask,
  { signals, beginWriting }: Pick<TaskContext, 'signals' | 'beginWriting'>,
): Promise<NetworkExport> {
  return exportNetwork(folder, destination, { replace, signal: signals.cancel, beginWriting });
}

/** Proposes an experiment for the folders of a task, with the pretrained network where its weights are there. */
export function propose(task: ProposeTask, { signals }: Pick<TaskContext, 'signals'>): Promise<ExperimentProposal> {
  return proposeExperiment(task, {
    ...(hasBundledWeights() && { network: 'efficientnet-lite0' }),
    limits: task.settings.limits,
    signal: signals.cancel,
  });
}

/** Checks whether the data that an experiment names exist and are valid, and whether this machine can train it. */
export async function inspectExperiment(
  { experiment, base }: InspectTask,
  { signals }: Pick<TaskContext, 'signals'>,
): Promise<Inspection> {
  const findings = await inspectTraining(experiment, base, signals.cancel);
  const memory = findMemoryShortage(experiment);
  return { findings, ...(memory && { memory }) };
}
