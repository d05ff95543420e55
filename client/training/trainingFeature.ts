import path from 'node:path';
import * as vscode from 'vscode';
import { FollowTrainingRunRequest } from '../../protocol/trainingMessages';
import { isUnderWay, type TrainingRun } from '../../protocol/trainingRun';
import type { CommandHandlers } from '../common/commands';
import type { Server } from '../server/server';
import { forgetRuns, rememberedRuns, rememberRun } from './followedRuns';
import { addTrainingCommands } from './trainingCommands';
import { TrainingViews } from './trainingViews';

/** Activates Method 2's training: commands, views, the status bar, and following runs across reloads of the window. */
export function activateTraining(
  context: vscode.ExtensionContext,
  commands: CommandHandlers,
  server: Server,
): TrainingViews {
  const memory = context.workspaceState;
  const views = new TrainingViews(context.extensionUri, server, {
    resume: experiment => commands.run('resumeExperiment', [experiment]),
    exportNetwork: folder => commands.run('exportNetwork', [undefined, vscode.Uri.file(folder)]),
  });
  addTrainingCommands(commands, server, views);
  activateTrainingItem(context, server);
  context.subscriptions.push(
    server.onTraining(update => {
      rememberRun(memory, update);
    }),
  );
  if (vscode.workspace.isTrusted) void followAgain(memory, server);
  return views;
}

/** Shows the progress of training runs in the status bar; a click opens the run that reported last. */
function activateTrainingItem(context: vscode.ExtensionContext, server: Server): void {
  const item = vscode.window.createStatusBarItem('labelless.training', vscode.StatusBarAlignment.Right, 1);
  item.name = vscode.l10n.t('Labelless Training');
  const running = new Map<string, TrainingRun>();
  const draw = () => {
    const last = [...running.values()].at(-1);
    if (!last) {
      item.hide();
      return;
    }
    const percent = Math.floor((100 * last.step) / Math.max(1, last.steps));
    const more = running.size > 1 ? ` +${running.size - 1}` : '';
    item.text = `${last.state === 'paused' ? '$(debug-pause)' : '$(sync~spin)'} ${last.name} ${percent} %${more}`;
    item.tooltip = [...running.values()]
      .map(
        ({ name, step, steps, mIoU }) =>
          vscode.l10n.t('{0}: step {1} of {2}', name, step, steps) +
          (mIoU === undefined ? '' : `, mIoU ${mIoU.toFixed(3)}`),
      )
      .join('\n');
    item.command = {
      title: vscode.l10n.t('Open Run'),
      command: 'labelless.openRun',
      arguments: [undefined, vscode.Uri.file(last.folder).toString()],
    };
    item.accessibilityInformation = {
      label: vscode.l10n.t('Training {0}: {1} percent', path.basename(last.folder), percent),
    };
    item.show();
  };
  context.subscriptions.push(
    item,
    server.onTraining(({ run }) => {
      running.delete(run.folder);
      if (isUnderWay(run)) running.set(run.folder, run);
      draw();
    }),
  );
}

/** Follows the runs that were under way when the window closed. Those that have ended since are forgotten. */
async function followAgain(memory: vscode.Memento, server: Server): Promise<void> {
  const over: string[] = [];
  for (const folder of rememberedRuns(memory)) {
    try {
      if (!isUnderWay(await server.request(FollowTrainingRunRequest, { folder, follow: true }))) over.push(folder);
    } catch (error) {
      server.log.info(`${folder} is not followed any more: ${String(error)}`);
      over.push(folder);
    }
  }
  await forgetRuns(memory, over);
}
