import path from 'node:path';
import { ExperimentError, readExperimentFile, type ExperimentFile } from '../engine/experiment/experimentFile';
import { readRun } from '../engine/adaptation/run/readRun';
import { DataChangedError, type RunMode } from '../engine/adaptation/run/beginRun';
import { trainExperimentFile } from '../engine/adaptation/trainExperimentFile';
import type { TrainingRun } from '../../../protocol/trainingRun';
import type { Settings } from '../../../protocol/settings';
import { openBackend } from '../engine/backend/openBackend';
import { UsageError } from './settingOptions';
import { interruptedStatus, onInterrupt, printable } from './terminal';
import { scoreLines, TrainingDisplay } from './trainingDisplay';
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
  const { limits, tensorflow } = settings;
  const experiment = await read(file);
  const interrupt = onInterrupt();
  const display = new TrainingDisplay(process.stderr);
  try {
    const run = await train(experiment, display, {
      mode,
      acceptChanges,
      stop: interrupt.signal,
      log: line => {
        display.print(printable(line));
      },
      openBackend: () =>
        openBackend(experiment.experiment.training.backend, {
          threads: limits.threads,
          tensorflowFolder: tensorflow.folder,
          onTrial: ({ name, state, detail }) => {
            if (state !== 'works') display.print(`the back end ${name} does not work here: ${detail ?? state}`);
          },
        }),
    });
    display.clear();
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
    display.clear();
    interrupt.release();
  }
}

function withRemedy({ message }: DataChangedError): Error {
  return new Error(`${message}; put them back, or resume with --accept-changes`);
}

async function train(
  experiment: ExperimentFile,
  display: TrainingDisplay,
  options: Parameters<typeof trainExperimentFile>[1],
): Promise<TrainingRun> {
  const training = trainExperimentFile(experiment, options);
  for (;;) {
    const { value, done } = await training.next();
    if (done) return value;
    display.show(value);
  }
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
