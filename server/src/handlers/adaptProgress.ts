import path from 'node:path';
import * as l10n from '@vscode/l10n';
import type { Connection, ProgressToken } from 'vscode-languageserver/node';
import { runInWords } from '../engine/adaptation/run/describeRun';
import type { TrainingRun, TrainingPoint } from '../../../protocol/trainingRun';
import { sendProgress } from './progress';

/** The standard progress of a training run: how much is done, the losses, the last mean IoU, and how long it takes. */
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
      message: runInWords(run, point),
      cancellable: true,
    });
  }

  end(): void {
    this.send({ kind: 'end' });
  }
}
