import type { TrainingRun } from '../../../../protocol/trainingRun';
import type { Backend } from '../backend/session';
import { describeShortage } from '../common/memoryShortage';
import { checkData } from '../dataset/inspection/checkData';
import { openExperimentData } from '../dataset/streaming/openExperimentData';
import { findMemoryShortage } from './training/trainingMemory';
import { RunControl } from './run/runControl';
import type { ExperimentFile } from '../experiment/experimentFile';
import { trainExperiment, type TrainingProgress } from './trainExperiment';
import { appendMessage, readRunExperiment, removeRun } from './run/runFolder';
import { isTrainedElsewhere } from './run/runState';

export interface FileTrainingOptions {
  /** Whether a run in the folder is an error, is resumed, or is replaced. */
  readonly mode: 'new' | 'resume' | 'replace';
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
 * Trains the experiment of a file, controlled and reported through its run's folder, as
 * `labelless adapt` and training processes do.
 * @throws what `checkData`, `trainExperiment` and `openExperimentData` throw; a run that has begun records the error in
 * its folder too
 */
export async function* trainExperimentFile(
  { file, experiment, base, folder }: ExperimentFile,
  options: FileTrainingOptions,
): AsyncGenerator<TrainingProgress, TrainingRun> {
  const { mode, openBackend, threads, log, stop } = options;
  if (await isTrainedElsewhere(folder)) throw new Error(`${folder}: another process trains this run; stop it first`);
  const early: string[] = [];
  let record = (line: string) => {
    early.push(line);
  };
  const report = (line: string) => {
    log?.(line);
    record(line);
  };
  await checkData(experiment, base, { onlyTell: mode === 'resume', onRemark: report, ...(stop && { signal: stop }) });
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
  if (mode === 'replace' && (await readRunExperiment(folder))) await removeRun(folder);
  const control = await RunControl.open(folder, { ...options, log: report });
  try {
    record = line => {
      appendMessage(folder, line).catch(() => undefined);
    }; // training matters more
    early.forEach(record);
    return yield* trainExperiment(experiment, {
      folder,
      origin: file,
      resume: mode === 'resume',
      data,
      openBackend,
      signals: control.signals,
      log: report,
    });
  } finally {
    control.close();
  }
}
