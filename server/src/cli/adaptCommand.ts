import path from 'node:path';
import { ExperimentError, readExperimentFile, type ExperimentFile } from '../engine/experiment/experimentFile';
import { readRun } from '../engine/adaptation/run/readRun';
import { DataChangedError, type RunMode } from '../engine/adaptation/run/beginRun';
import type { TrainingRun } from '../../../protocol/trainingRun';
import type { Settings } from '../../../protocol/settings';
import { trainWithDisplay } from './displayedTraining';
import { UsageError } from './settingOptions';
import { interruptedStatus, onInterrupt, printable } from './terminal';
import { scoreLines } from './trainingDisplay';
import { printOut } from './standardStreams';

/** The arguments of `labelless adapt`. */
interface AdaptOptions {
  /** The experiment file. */
  readonly file: string;
  readonly json: boolean;
  readonly mode: RunMode;
  readonly acceptChanges: boolean;
  readonly settings: Settings;
}

/** `labelless adapt`: trains an experiment in this process. */
export async function trainExperiment({ file, json, mode, acceptChanges, settings }: AdaptOptions): Promise<number> {
  const experiment = await read(file);
  const interrupt = onInterrupt();
  try {
    const run = await trainWithDisplay(experiment, settings, { mode, acceptChanges, stop: interrupt.signal });
    await printRun(run, json);
    if (run.state === 'stopped')
      process.stderr.write(
        `labelless: stopped behind a checkpoint; labelless adapt ${printable(file)} --resume goes on\n`,
      );
    return run.state === 'stopped' && interrupt.signal.aborted ? interruptedStatus : 0;
  } catch (error) {
    if (!interrupt.signal.aborted) throw error instanceof DataChangedError ? withRemedy(error) : error;
    process.stderr.write('labelless: interrupted before training began\n');
    return interruptedStatus;
  } finally {
    interrupt.release();
  }
}

function withRemedy({ message }: DataChangedError): Error {
  return new Error(`${message}; put them back, or resume with --accept-changes`);
}

/**
 * Prints a run with its last evaluation on the target, and the one on held-out pictures that its network in use has, as
 * JSON or as text.
 */
async function printRun(run: TrainingRun, json: boolean): Promise<void> {
  const { points, classes } = await readRun(run.folder);
  const onTarget = points.findLast(point => point.evaluation);
  const onHeldOut = points.findLast(({ step, heldOut }) => heldOut && step === (run.best?.step ?? step));
  if (json) {
    const names = classes.map(({ name }) => name);
    const [evaluation, heldOut] = [onTarget?.evaluation, onHeldOut?.heldOut];
    const scores = {
      ...(evaluation && { evaluation: { ...evaluation, classes: names } }),
      ...(heldOut && { heldOut: { ...heldOut, classes: names, step: onHeldOut!.step } }),
    };
    printOut(`${JSON.stringify({ run, ...scores })}\n`);
    return;
  }
  const folder = path.relative('', run.folder) || '.';
  const used = run.best ? `, of which segmenting uses step ${run.best.step}` : '';
  printOut(
    [
      ...scoreLines(`labelled target pictures, step ${onTarget?.step}`, onTarget?.evaluation, classes),
      ...scoreLines(`held-out source pictures, step ${onHeldOut?.step}`, onHeldOut?.heldOut, classes),
      `${printable(run.name)}: ${run.step} of ${run.steps} steps${used} → ${printable(folder)}`,
      '',
    ].join('\n'),
  );
}

async function read(file: string): Promise<ExperimentFile> {
  try {
    return await readExperimentFile(file);
  } catch (error) {
    throw error instanceof ExperimentError ? new UsageError(error.message) : error;
  }
}
