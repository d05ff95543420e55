import { rm } from 'node:fs/promises';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { readCheckpoint, type Checkpoint } from './checkpoint';
import type { ClassInfo } from '../../../../../mask/classes';
import type { Experiment } from '../../experiment/experimentSchema';
import { createRunFolder, readRunExperiment, readLog, rewriteLog } from './runFolder';
import { isTrainedElsewhere } from './runState';

/** The error for a folder that holds a training run already, which was not to be resumed. */
export class RunExistsError extends Error {}

/**
 * Prepares a folder for a new training run, or for resuming the one in it. Returns the checkpoint to resume from, if
 * any.
 * @throws RunExistsError; Error where another process trains there, or where the run in it was another experiment's
 */
export async function prepareRunFolder(
  folder: string,
  experiment: Experiment,
  classes: readonly ClassInfo[],
  resume: boolean,
): Promise<Checkpoint | undefined> {
  if (await isTrainedElsewhere(folder)) throw new Error(`${folder}: another process trains this run; stop it first`);
  const before = await readRunExperiment(folder);
  if (before && !resume)
    throw new RunExistsError(`${folder} holds a run already; resume it, delete it, or name another output.folder`);
  if (before) checkSame(folder, before, experiment);
  const checkpoint = before && (await readCheckpoint(folder));
  if (!checkpoint) {
    await createRunFolder(folder, experiment, classes);
    await rm(path.join(folder, 'predictions'), { recursive: true, force: true });
    return undefined;
  }
  await rewriteLog(folder, await readLog(folder, checkpoint.step), classes);
  return checkpoint;
}

/** The parts of an experiment that must be unchanged for a run to be resumed; evaluation and output may change. */
const fixed = ['source', 'target', 'classes', 'network', 'adaptation', 'training'] as const;

function checkSame(folder: string, before: Experiment, now: Experiment): void {
  const comparable = (experiment: Experiment) => ({
    ...experiment,
    training: { ...experiment.training, backend: undefined },
  });
  const [was, is] = [comparable(before), comparable(now)];
  const other = fixed.find(key => !isDeepStrictEqual(was[key], is[key]));
  if (other)
    throw new Error(
      `${folder} cannot be resumed: ${other} is not what it was when the run began; ` +
        'put it back, or name another output.folder',
    );
}
