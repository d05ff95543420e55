import type { TrainingRun } from '../../../../protocol/trainingRun';
import type { Backend } from '../backend/session';
import { describeShortage } from '../common/memoryShortage';
import { openExperimentData } from '../dataset/streaming/openExperimentData';
import { checkTraining } from './inspection/checkTraining';
import { findMemoryShortage } from './training/trainingMemory';
import { RunControl } from './run/runControl';
import type { ExperimentFile } from '../experiment/experimentFile';
import type { Experiment } from '../experiment/experimentSchema';
import { withHoldOut } from '../experiment/holdOut';
import { trainExperiment, type TrainingProgress } from './trainExperiment';
import type { RunMode } from './run/beginRun';
import { readRunExperiment } from './run/runFolder';
import { lockRun } from './run/runLock';
import { appendMessage } from './run/runLog';

export interface FileTrainingOptions {
  readonly mode: RunMode;
  /** Resumes a run although its data changed. */
  readonly acceptChanges: boolean;
  readonly openBackend: () => Promise<Backend>;
  /** The number of threads that decode pictures. */
  readonly threads?: number;
  /** Stops the run before its next step, with a checkpoint. */
  readonly stop?: AbortSignal;
  /** Seconds without a follower after which the run stops; undefined: it needs none. */
  readonly followerTimeout?: number;
  /** Receives the run's messages, such as pictures that are skipped. */
  readonly log?: (line: string) => void;
}

/**
 * Trains the experiment of a file, controlled and reported through its run's folder, as `labelless adapt` and training
 * processes do. The folder is locked until the run ends.
 * @throws what `checkTraining`, `trainExperiment` and `openExperimentData` throw, and Error where another process
 * trains the run; a run that has begun records the error in its folder too
 */
export async function* trainExperimentFile(
  experimentFile: ExperimentFile,
  options: FileTrainingOptions,
): AsyncGenerator<TrainingProgress, TrainingRun> {
  const release = await lockRun(experimentFile.folder);
  try {
    return yield* trainLocked(experimentFile, options);
  } finally {
    await release();
  }
}

/**
 * The experiment with the share of its pictures that it holds out. A run that is resumed keeps its share unless the
 * file names another: the default depends on whether there is an evaluation, which may come later.
 */
async function holdingOut({ experiment, folder }: ExperimentFile, mode: RunMode): Promise<Experiment> {
  const before = mode === 'resume' ? await readRunExperiment(folder).catch(() => undefined) : undefined;
  return withHoldOut(experiment, experiment.source.holdOut ?? before?.source.holdOut);
}

async function* trainLocked(
  experimentFile: ExperimentFile,
  options: FileTrainingOptions,
): AsyncGenerator<TrainingProgress, TrainingRun> {
  const { mode, acceptChanges, openBackend, threads, log, stop } = options;
  const { file, base, folder } = experimentFile;
  const experiment = await holdingOut(experimentFile, mode);
  const messages = new RunMessages(folder, log);
  const report = (line: string) => {
    messages.add(line);
  };
  await checkTraining(experiment, base, {
    onlyTell: mode === 'resume',
    onRemark: report,
    ...(stop && { signal: stop }),
  });
  const shortage = findMemoryShortage(experiment);
  if (shortage) report(describeShortage(shortage));
  const data = await openExperimentData(experiment, base, {
    onProblem: problem => {
      report(`${problem.file} is left out: ${problem.reason}`);
    },
    onRemark: ({ file: labels, reason }) => {
      report(`${labels}: ${reason}`);
    },
    ...(stop && { signal: stop }),
    ...(threads !== undefined && { threads }),
  });
  const control = new RunControl(folder, { ...options, log: report });
  try {
    return yield* trainExperiment(experiment, {
      folder,
      base,
      origin: file,
      mode,
      acceptChanges,
      data,
      openBackend,
      signals: control.signals,
      onBegin: async () => {
        messages.begin();
        await control.begin();
      },
      log: report,
    });
  } finally {
    control.close();
  }
}

/** The messages of a run, which are written into its folder once it has begun. */
class RunMessages {
  private waiting: string[] | undefined = [];

  constructor(
    private readonly folder: string,
    private readonly log: ((line: string) => void) | undefined,
  ) {}

  add(line: string): void {
    this.log?.(line);
    if (this.waiting) this.waiting.push(line);
    else this.write(line);
  }

  begin(): void {
    const { waiting } = this;
    this.waiting = undefined;
    waiting?.forEach(line => {
      this.write(line);
    });
  }

  private write(line: string): void {
    appendMessage(this.folder, line).catch(() => undefined); // training matters more
  }
}
