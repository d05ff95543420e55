import path from 'node:path';
import type { TrainingPoint } from '../../../../protocol/trainingPoint';
import type { TrainingRun, TrainingRunState } from '../../../../protocol/trainingRun';
import type { Backend } from '../backend/session';
import { planRun, type RunMode } from './run/beginRun';
import { checkpointSteps, type Checkpoint } from './run/checkpoint';
import { checkNoConflicts } from '../experiment/conflicts';
import type { ExperimentData } from '../dataset/streaming/experimentData';
import type { Experiment } from '../experiment/experimentSchema';
import type { TrainingSignals } from './run/runControl';
import { TrainingLoop, type StepReport } from './training/trainingLoop';
import { TrainingEvaluator } from './training/trainingEvaluator';
import { describeRun, scoresOf, timeLeft } from './run/describeRun';
import { writeRunState } from './run/runState';
import { DivergenceError, Trainer } from './training/trainer';
import { WriteError } from '../../../../files/writeError';

export interface TrainingOptions {
  /** The folder of the run, which is locked for this process. */
  readonly folder: string;
  /** The folder that the experiment's paths are relative to; default: the working folder. */
  readonly base?: string;
  /** The path of the experiment file, recorded in the folder. */
  readonly origin?: string;
  readonly mode: RunMode;
  /** Resumes a run although its data changed. */
  readonly acceptChanges?: boolean;
  readonly data: ExperimentData;
  readonly openBackend: () => Promise<Backend>;
  readonly signals: TrainingSignals;
  /** Called when the run's first files have been written. */
  readonly onBegin?: () => Promise<void>;
  /** Receives the run's remarks, a line each. */
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
 * uninterrupted run. Nothing is written, and no earlier run is replaced, before the first step has been trained.
 * Training advances only as the generator's next value is requested.
 * @throws Error for settings that do not go together, for a folder in use, and for one that holds another run;
 * DataChangedError; WriteError; DivergenceError, which names the last good checkpoint; AbortError once `signals.cancel`
 * is aborted
 */
export async function* trainExperiment(
  experiment: Experiment,
  options: TrainingOptions,
): AsyncGenerator<TrainingProgress, TrainingRun> {
  const { folder, origin, data, signals, mode, acceptChanges = false, log = () => undefined } = options;
  checkNoConflicts(experiment);
  const { from, begin } = await planRun(folder, {
    experiment,
    classes: data.classes,
    listing: () => data.listing(signals.stop),
    mode,
    acceptChanges,
    log,
    ...(origin !== undefined && { origin }),
  });
  let begun = false;
  const beginOnce = async () => {
    if (begun) return;
    signals.cancel.throwIfAborted();
    await begin();
    begun = true;
    await options.onBegin?.();
  };
  let [state, reason]: [TrainingRunState, string | undefined] = ['stopped', undefined];
  try {
    if (from) await beginOnce();
    state = yield* trainOn(experiment, { ...options, log, begin: beginOnce }, from);
  } catch (error) {
    if (signals.cancel.aborted) throw error;
    // A run that is stopped while it reads what it needs to go on has not failed.
    if (!(begun && signals.stop.aborted && (error as Error).name === 'AbortError')) {
      const failure = await describeFailure(error, folder, begun);
      [state, reason] = ['failed', failure.message];
      throw failure;
    }
  } finally {
    // What made the run fail is told, and not that this could not be written down.
    if (begun) await writeRunState(folder, state, reason).catch(() => undefined);
  }
  return (await describeRun(folder))!;
}

async function* trainOn(
  experiment: Experiment,
  options: TrainingOptions & { readonly begin: () => Promise<void>; readonly log: (line: string) => void },
  from: Checkpoint | undefined,
): AsyncGenerator<TrainingProgress, 'finished' | 'stopped'> {
  const { folder, base = '', data, signals, openBackend, begin, log } = options;
  const backend = await openBackend();
  if (experiment.training.rareClassSampling > 0)
    log("the source's labels are read first, so that images with rare classes can be drawn sooner");
  const trainer = await Trainer.open(experiment, { data, backend, base, log }, from);
  try {
    const holdOut = data.describeHoldOut();
    if (holdOut !== undefined) log(holdOut);
    const evaluator = await TrainingEvaluator.open(experiment, { folder, data, backend, log });
    try {
      const loop = new TrainingLoop(experiment, folder, trainer, evaluator, from);
      await loop.prepare(signals);
      await begin();
      yield { run: (await describeRun(folder))!, points: [], previews: [] };
      return yield* gatherSteps(loop.run(signals), experiment, folder);
    } finally {
      await evaluator.close();
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
  const scores: Pick<TrainingRun, 'mIoU' | 'heldOutMIoU'> = {};
  for (;;) {
    const { value, done } = await steps.next();
    if (done) return value;
    if (value.point) {
      points.push(value.point);
      seen.push(value.point);
    }
    previews.push(...value.previews);
    Object.assign(scores, value.point && scoresOf([value.point]));
    if (performance.now() - reported < reportInterval && value.step < training.steps) continue;
    const secondsLeft = timeLeft(seen, training.steps);
    const run = {
      folder,
      name: path.basename(folder),
      state: 'running' as const,
      step: value.step,
      steps: training.steps,
      ...scores,
      ...(secondsLeft !== undefined && { secondsLeft }),
    };
    yield { run, points, previews };
    [points, previews, reported] = [[], [], performance.now()];
  }
}

const fullDisk = ['ENOSPC', 'EDQUOT'];

/**
 * Adds to an error what is left of the run, and what can be done.
 * @param begun whether the run has begun, and can be resumed
 */
async function describeFailure(error: unknown, folder: string, begun: boolean): Promise<Error> {
  if (error instanceof WriteError) {
    const remedy = fullDisk.includes(error.code ?? '')
      ? 'free some space there'
      : 'make the folder writable, or name another output.folder';
    return new Error(`${error.message}; ${remedy}, then ${begun ? 'resume the run' : 'train again'}`, { cause: error });
  }
  if (!(error instanceof DivergenceError)) return error instanceof Error ? error : new Error(String(error));
  const [last] = await checkpointSteps(folder);
  const left = last ? `the last good checkpoint is that of step ${last}` : 'no checkpoint was written yet';
  return new DivergenceError(`${error.message}; ${left}. A lower training.learningRate may help.`, { cause: error });
}
