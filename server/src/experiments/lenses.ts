import type { CodeLens } from 'vscode-languageserver-protocol';
import { URI } from 'vscode-uri';
import type { RunDescription } from '../../../protocol/adapt';

/** What can be done with an experiment, by the state of its run. The client has the commands: `[experimentUri, runFolderUri]`. */
export function lensesOf(uri: string, folder: string, run: RunDescription | undefined): CodeLens[] {
  const start = { line: 0, character: 0 };
  return actionsOf(run).map(([command, title]) => ({
    range: { start, end: start }, command: { command: `labelless.${command}`, title, arguments: [uri, URI.file(folder).toString()] },
  }));
}

type Action = readonly [command: 'trainExperiment' | 'resumeExperiment' | 'evaluateExperiment' | 'openRun', title: string];

function actionsOf(run: RunDescription | undefined): Action[] {
  if (!run) return [['trainExperiment', '▶ Train']];
  const score = run.mIoU === undefined ? '' : ` · mIoU ${run.mIoU.toFixed(3)}`;
  const evaluate: Action[] = run.checkpoint === undefined ? [] : [['evaluateExperiment', 'Evaluate']];
  const place = `step ${run.step} of ${run.steps}`;
  switch (run.state) {
    case 'running': return [['openRun', `Open Run: training, ${place}${score}`]];
    case 'paused': return [['openRun', `Open Run: paused, ${place}${score}`]];
    case 'finished': return [['trainExperiment', '▶ Train Again'], ...evaluate, ['openRun', `Open Run${score}`]];
    case 'stopped': return [['resumeExperiment', `▶ Resume at ${place}`], ['trainExperiment', 'Train Again'], ...evaluate, ['openRun', `Open Run${score}`]];
    case 'failed': return [['resumeExperiment', `▶ Resume at ${place}`], ['trainExperiment', 'Train Again'], ...evaluate, ['openRun', `Open Run: failed${score}`]];
  }
}
