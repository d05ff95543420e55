import path from 'node:path';
import type { TrainingPoint } from '../../../../protocol/trainingPoint';
import type { TrainingRun, TrainingRunState } from '../../../../protocol/trainingRun';
import type { Backend } from '../backend/session';
import { prepareRunFolder } from './run/beginRun';
import { checkpointSteps, type Checkpoint } from './run/checkpoint';
import { checkNoConflicts } from '../experiment/conflicts';
import type { ExperimentData } from '../dataset/streaming/experimentData';
import type { Experiment } from '../experiment/experimentSchema';
import type { TrainingSignals } from './run/runControl';
import { TrainingLoop, type StepReport } from './training/trainingLoop';
import { TrainingEvaluator } from './training/trainingEvaluator';
import { describeRun, timeLeft } from './run/describeRun';
import { writeOrigin } from './run/runFolder';
import { writeRunState } from './run/runState';
import { DivergenceError, Trainer } from './training/trainer';

export interface TrainingOptions {
  /** The folder of the run. */
  readonly folder: string;
  /** The path of the experiment file, recorded in the folder. */
  readonly origin?: string;
  /** Resumes from the folder's last checkpoint; without it the folder must hold no run. */
  readonly resume: boolean;
  readonly data: ExperimentData;
  readonly openBackend: () => Promise<Backend>;
  readonly signals: TrainingSignals;
  /** Receives a line about the pretrained weights that were loaded. */
  readonly log?: (line: string) => void;
}

/**
 * The progress of a run, reported when it begins, then about every second, or every step where that takes longer; with
 * the points and files that are new.
 */
export interface TrainingProgress {
  readonly run: TrainingRun;
  readonly points: TrainingPoint[];
  readonly previews: string[];
}

const reportInterval = 1000; // ms

/**
 * Trains an experiment into a folder. A run that was stopped or killed, and is resumed, gives the losses of an
 * uninterrupted run. Training advances only as the generator's next value is requested.
 * @throws Error for settings that do not go together, for a folder in use, and for one that holds another run;
 * DivergenceError, which names the last good checkpoint; AbortError once `signals.cancel` is aborted
 */
export async function* trainExperiment(
  experiment: Experiment,
  options: TrainingOptions,
): AsyncGenerator<TrainingProgress, TrainingRun> {
  const { folder, origin, data, signals, resume } = options;
  checkNoConflicts(experiment);
  const from = await prepareRunFolder(folder, experiment, data.classes, resume);
  let [state, reason]: [TrainingRunState, string | undefined] = ['stopped', undefined];
  await writeRunState(folder, 'running');
  if (origin !== undefined) await writeOrigin(folder, origin);
  try {
    yield { run: (await describeRun(folder))!, points: [], previews: [] };
    state = yield* trainOn(experiment, options, from);
  } catch (error) {
    if (signals.cancel.aborted) throw error;
    const failure = await describeFailure(error, folder);
    [state, reason] = ['failed', failure.message];
    throw failure;
  } finally {
    await writeRunState(folder, state, reason);
  }
  return (await describeRun(folder))!;
}

async function* trainOn(
  experiment: Experiment,
  { folder, data, signals, openBackend, log }: TrainingOptions,
  from: Checkpoint | undefined,
): AsyncGenerator<TrainingProgress, 'finished' | 'stopped'> {
  const backend = await openBackend();
  const trainer = await Trainer.open(experiment, data, backend, from, log ?? (() => undefined));
  try {
    const observer = await TrainingEvaluator.open(experiment, data, backend);
    try {
      return yield* gatherSteps(
        new TrainingLoop(experiment, folder, trainer, observer, from).run(signals),
        experiment,
        folder,
      );
    } finally {
      await observer.close();
    }
  } finally {
    await trainer.close();
  }
}

/** Gathers reports of steps into reports of the run's progress. */
async function* gatherSteps(
  steps: AsyncGenerator<StepReport, 'finished' | 'stopped'>,
  { training }: Experiment,
  folder: string,
): AsyncGenerator<TrainingProgress, 'finished' | 'stopped'> {
  let points: TrainingPoint[] = [];
  let previews: string[] = [];
  const seen: TrainingPoint[] = [];
  let reported = -Infinity;
  let mIoU: number | undefined;
  for (;;) {
    const { value, done } = await steps.next();
    if (done) return value;
    if (value.point) {
      points.push(value.point);
      seen.push(value.point);
    }
    previews.push(...value.previews);
    mIoU = value.point?.evaluation?.mIoU ?? mIoU;
    if (performance.now() - reported < reportInterval && value.step < training.steps) continue;
    const secondsLeft = timeLeft(seen, training.steps);
    const run = {
      folder,
      name: path.basename(folder),
      state: 'running' as const,
      step: value.step,
      steps: training.steps,
      ...(mIoU !== undefined && { mIoU }),
      ...(secondsLeft !== undefined && { secondsLeft }),
    };
    yield { run, points, previews };
    [points, previews, reported] = [[], [], performance.now()];
  }
}

/** Adds to an error which checkpoint of the run is left. */
async function describeFailure(error: unknown, folder: string): Promise<Error> {
  if (!(error instanceof DivergenceError)) return error instanceof Error ? error : new Error(String(error));
  const [last] = await checkpointSteps(folder);
  const left = last ? `the last good checkpoint is that of step ${last}` : 'no checkpoint was written yet';
  return new DivergenceError(`${error.message}; ${left}. A lower training.learningRate may help.`, { cause: error });
}
