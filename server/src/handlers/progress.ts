import * as l10n from '@vscode/l10n';
import {
  WorkDoneProgress,
  type Connection,
  type ProgressToken,
  type WorkDoneProgressBegin,
  type WorkDoneProgressEnd,
  type WorkDoneProgressReport,
} from 'vscode-languageserver/node';

export interface TrainingState {
  iteration: number;
  iterations: number;
  regions: number;
  loss: number | null;
}

/** The standard progress of one request: a percentage over all its images, and what the one in work is doing. */
export class RunProgress {
  private name = '';
  private index = 0;
  private count = 1;

  private readonly send: ReturnType<typeof sendProgress>;

  constructor(connection: Connection, token: ProgressToken | undefined) {
    this.send = sendProgress(connection, token);
    this.send({ kind: 'begin', title: l10n.t('Segmenting'), cancellable: true, percentage: 0 });
  }

  /** The next image is begun (or waits for its turn). */
  start(name: string, index: number, count: number): void {
    [this.name, this.index, this.count] = [name, index, count];
    this.say(0, []);
  }

  report({ iteration, iterations, regions, loss }: TrainingState): void {
    const training = iteration > 0 ? [l10n.t('iteration {0} of {1}', iteration, iterations)] : [];
    this.say(iterations > 0 ? iteration / iterations : 0, [
      ...training,
      ...(regions > 0 ? [l10n.t('regions: {0}', regions)] : []),
      ...(loss === null ? [] : [l10n.t('loss {0}', loss.toFixed(2))]),
    ]);
  }

  end(): void {
    this.send({ kind: 'end' });
  }

  private say(done: number, details: readonly string[]): void {
    const which = this.count > 1 ? l10n.t('{0} ({1} of {2})', this.name, this.index + 1, this.count) : this.name;
    const percentage = Math.min(100, Math.round(((this.index + done) / this.count) * 100));
    this.send({ kind: 'report', percentage, message: [which, ...details].join(' · '), cancellable: true });
  }
}

/** Sends standard progress, where the request wants any. */
export function sendProgress(connection: Connection, token: ProgressToken | undefined) {
  return (value: WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd): void => {
    if (token !== undefined) void connection.sendProgress(WorkDoneProgress.type, token, value);
  };
}
