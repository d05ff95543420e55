import path from 'node:path';
import { parseArgs } from 'node:util';
import type { RunDescription } from '../../../protocol/adapt';
import { ExperimentError, readExperimentFile, type ExperimentFile } from '../engine/adaptation/experimentFile';
import { readRun } from '../engine/adaptation/readRun';
import { trainFile } from '../engine/adaptation/trainFile';
import { openBackend } from '../engine/backend/open';
import { printable } from './display';
import { interruptedStatus, onInterrupt } from './interrupt';
import { assign, parseSettings } from './settings';
import { scoreLines, TrainingDisplay } from './trainingDisplay';
import { UsageError } from './usage';

/** `labelless adapt`: trains an experiment in this process; see `usage.ts`. */
export async function adaptCommand(args: string[]): Promise<number> {
  const {
    file,
    json,
    mode,
    settings: { limits, tensorflow },
  } = parse(args);
  const experiment = await read(file);
  const interrupt = onInterrupt();
  const display = new TrainingDisplay(process.stderr);
  try {
    const run = await train(experiment, display, {
      mode,
      stop: interrupt.signal,
      log: line => {
        display.say(printable(line));
      },
      openBackend: () =>
        openBackend(experiment.experiment.training.backend, {
          threads: limits.threads,
          tensorflowFolder: tensorflow.folder,
          report: ({ name, state, detail }) => {
            if (state !== 'works') display.say(`the back end ${name} does not work here: ${detail ?? state}`);
          },
        }),
    });
    display.clear();
    await tell(run, json);
    if (run.state === 'stopped')
      process.stderr.write(
        `labelless: stopped behind a checkpoint; labelless adapt ${printable(file)} --resume goes on\n`,
      );
    return run.state === 'stopped' && interrupt.signal.aborted ? interruptedStatus : 0;
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    process.stderr.write('labelless: interrupted before training began\n');
    return interruptedStatus;
  } finally {
    display.clear();
    interrupt.release();
  }
}

async function train(
  experiment: ExperimentFile,
  display: TrainingDisplay,
  options: Parameters<typeof trainFile>[1],
): Promise<RunDescription> {
  const training = trainFile(experiment, options);
  for (;;) {
    const { value, done } = await training.next();
    if (done) return value;
    display.show(value);
  }
}

/** The run and its last evaluation: as JSON, or in words. */
async function tell(run: RunDescription, json: boolean): Promise<void> {
  const { points, classes } = await readRun(run.folder);
  const evaluation = points.findLast(point => point.evaluation)?.evaluation;
  if (json) {
    process.stdout.write(
      `${JSON.stringify({ run, ...(evaluation && { evaluation: { ...evaluation, classes: classes.map(({ name }) => name) } }) })}\n`,
    );
    return;
  }
  const folder = path.relative('', run.folder) || '.';
  process.stdout.write(
    [
      ...scoreLines(evaluation, classes),
      `${printable(run.name)}: ${run.step} of ${run.steps} steps → ${printable(folder)}`,
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

function parse(args: string[]) {
  const {
    values,
    positionals: [file, ...more],
  } = parsed(args);
  if (file === undefined) throw new UsageError('adapt wants an experiment file, such as street.adapt.json');
  if (more.length > 0) throw new UsageError(`adapt wants one experiment file, not also ${more[0]}`);
  if (values.resume && values.replace) throw new UsageError('give --resume or --replace, not both');
  const raw: Record<string, unknown> = {};
  for (const pair of values.set ?? []) assign(raw, pair);
  if (values.threads !== undefined) assign(raw, `limits.threads=${values.threads}`, '--threads');
  const mode: 'new' | 'resume' | 'replace' = values.resume ? 'resume' : values.replace ? 'replace' : 'new';
  return { file, json: values.json ?? false, mode, settings: parseSettings(raw) };
}

function parsed(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        resume: { type: 'boolean' },
        replace: { type: 'boolean' },
        json: { type: 'boolean' },
        threads: { type: 'string' },
        set: { type: 'string', multiple: true },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
