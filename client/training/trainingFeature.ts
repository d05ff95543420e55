import * as vscode from 'vscode';
import type { CommandHandlers } from '../common/commands';
import type { Server } from '../server/server';
import { followAgain, rememberRun } from './followedRuns';
import { addTrainingCommands } from './trainingCommands';
import { activateTrainingItem } from './trainingStatusItem';
import { TrainingViews } from './trainingViews';

/** Method 2's training: commands, views, the status bar, and following runs across reloads of the window. */
export function activateTraining(
  context: vscode.ExtensionContext,
  commands: CommandHandlers,
  server: Server,
): TrainingViews {
  const memory = context.workspaceState;
  const views = new TrainingViews(context.extensionUri, server, {
    resume: experiment => commands.run('resumeExperiment', [experiment]),
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
