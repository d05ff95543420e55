import * as l10n from '@vscode/l10n';
import type { CodeLens } from 'vscode-languageserver-protocol';
import { URI } from 'vscode-uri';
import type { TrainingRun } from '../../../protocol/trainingRun';

/**
 * What can be done with an experiment, by the state of its run. The client has the commands: `[experimentUri,
 * runFolderUri]`.
 */
export function lensesOf(uri: string, folder: string, run: TrainingRun | undefined): CodeLens[] {
  const start = { line: 0, character: 0 };
  return actionsOf(run).map(([command, title]) => ({
    range: { start, end: start },
    command: { command: `labelless.${command}`, title, arguments: [uri, URI.file(folder).toString()] },
  }));
}

type Action = readonly [
  command: 'trainExperiment' | 'resumeExperiment' | 'evaluateExperiment' | 'openRun',
  title: string,
];

function actionsOf(run: TrainingRun | undefined): Action[] {
  if (!run) return [['trainExperiment', `▶ ${l10n.t('Train')}`]];
  const { step, steps } = run;
  const score = run.mIoU === undefined ? '' : ` · mIoU ${run.mIoU.toFixed(3)}`;
  const open = (title: string): Action => ['openRun', title + score];
  const evaluate: Action[] = run.checkpoint === undefined ? [] : [['evaluateExperiment', l10n.t('Evaluate')]];
  const again: Action[] = [
    ['resumeExperiment', `▶ ${l10n.t('Resume at step {0} of {1}', step, steps)}`],
    ['trainExperiment', l10n.t('Train Again')],
  ];
  switch (run.state) {
    case 'running':
      return [open(l10n.t('Open Run: training, step {0} of {1}', step, steps))];
    case 'paused':
      return [open(l10n.t('Open Run: paused, step {0} of {1}', step, steps))];
    case 'finished':
      return [['trainExperiment', `▶ ${l10n.t('Train Again')}`], ...evaluate, open(l10n.t('Open Run'))];
    case 'stopped':
      return [...again, ...evaluate, open(l10n.t('Open Run'))];
    case 'failed':
      return [...again, ...evaluate, open(l10n.t('Open Run: failed'))];
  }
}
