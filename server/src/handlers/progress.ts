import path from 'node:path';
import * as l10n from '@vscode/l10n';
import {
  WorkDoneProgress,
  type Connection,
  type ProgressToken,
  type WorkDoneProgressBegin,
  type WorkDoneProgressEnd,
  type WorkDoneProgressReport,
} from 'vscode-languageserver/node';
import type { TrainingPoint } from '../../../protocol/trainingPoint';
import type { TrainingRun } from '../../../protocol/trainingRun';
import { formatRunProgress } from '../engine/adaptation/run/describeRun';
import { formatDuration } from '../engine/common/duration';
import type { TaskEvent } from '../jobs/jobMessages';

/**
 * The standard progress of a segment request: a percentage over all its images, the time left for several, and the
 * state of the image in work.
 */
export class SegmentationProgress {
  private name = '';
  private index = 0;
  private count = 1;
  private readonly begun = performance.now();

  private readonly send: ReturnType<typeof sendProgress>;

  constructor(connection: Connection, token: ProgressToken | undefined) {
    this.send = sendProgress(connection, token);
    this.send({ kind: 'begin', title: l10n.t('Segmenting'), cancellable: true, percentage: 0 });
  }

  /** Reports that the next image begins, or waits for its turn. */
  start(name: string, index: number, count: number): void {
    [this.name, this.index, this.count] = [name, index, count];
    this.sendReport(0, []);
  }

  report({ iteration, iterations, regions, loss }: TaskEvent & { type: 'progress' }): void {
    const training = iteration > 0 ? [l10n.t('iteration {0} of {1}', iteration, iterations)] : [];
    this.sendReport(iterations > 0 ? iteration / iterations : 0, [
      ...training,
      ...(regions > 0 ? [l10n.t('regions: {0}', regions)] : []),
      ...(loss === null ? [] : [l10n.t('loss {0}', loss.toFixed(2))]),
    ]);
  }

  end(): void {
    this.send({ kind: 'end' });
  }

  private sendReport(done: number, details: readonly string[]): void {
    const which = this.count > 1 ? l10n.t('{0} ({1} of {2})', this.name, this.index + 1, this.count) : this.name;
    const finished = this.index + done;
    const percentage = Math.min(100, Math.round((finished / this.count) * 100));
    const message = [which, ...this.timeLeft(finished), ...details].join(' · ');
    this.send({ kind: 'report', percentage, message, cancellable: true });
  }

  /** The time until all images are done, once the first is: others take about as long. */
  private timeLeft(finished: number): string[] {
    if (this.index === 0) return [];
    const seconds = (performance.now() - this.begun) / 1000;
    return [l10n.t('{0} left', formatDuration((seconds / finished) * (this.count - finished)))];
  }
}

/**
 * The standard progress of a training run: the share that is done, the losses, the last mean IoU, and the time left.
 */
export class TrainingProgress {
  private readonly send: ReturnType<typeof sendProgress>;

  constructor(connection: Connection, token: ProgressToken | undefined, experiment: string) {
    this.send = sendProgress(connection, token);
    this.send({
      kind: 'begin',
      title: l10n.t('Training {0}', path.basename(experiment).replace(/(\.adapt)?\.json$/i, '')),
      cancellable: true,
      percentage: 0,
    });
  }

  report(run: TrainingRun, point: TrainingPoint | undefined): void {
    this.send({
      kind: 'report',
      percentage: Math.floor((100 * run.step) / run.steps),
      message: formatRunProgress(run, point),
      cancellable: true,
    });
  }

  end(): void {
    this.send({ kind: 'end' });
  }
}

/** The progress of a request that is answered by one task. */
interface TaskProgress {
  readonly token: ProgressToken | undefined;
  readonly title: string;
  /** The number of the task's pictures, where it is known beforehand. */
  readonly count?: number;
}

/** Runs a task that counts its pictures, reports them as the progress of a request, and writes its log lines. */
export async function withTaskProgress<Result>(
  connection: Connection,
  { token, title, count }: TaskProgress,
  run: (onEvent: (event: TaskEvent) => void) => Promise<Result>,
): Promise<Result> {
  const send = sendProgress(connection, token);
  send({ kind: 'begin', title, cancellable: true, ...(count !== undefined && { percentage: 0 }) });
  try {
    return await run(event => {
      writeLog(connection, event);
      if (event.type !== 'pictures') return;
      const done =
        count === undefined
          ? { message: l10n.t('Pictures: {0}', event.done) }
          : { message: l10n.t('{0} of {1}', event.done, count), percentage: Math.floor((100 * event.done) / count) };
      send({ kind: 'report', cancellable: true, ...done });
    });
  } finally {
    send({ kind: 'end' });
  }
}

/** Writes the log line of an event that is one. */
export function writeLog(connection: Connection, event: TaskEvent): void {
  if (event.type === 'log') connection.console[event.level](event.message);
}

/** A function that sends standard progress; it does nothing where the request asks for none. */
function sendProgress(connection: Connection, token: ProgressToken | undefined) {
  return (value: WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd): void => {
    if (token !== undefined) void connection.sendProgress(WorkDoneProgress.type, token, value);
  };
}
