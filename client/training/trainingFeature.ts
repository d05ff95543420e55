import * as vscode from 'vscode';
import type { CommandHandlers } from '../common/commands';
import { FollowTrainingRunRequest } from '../../protocol/trainingMessages';
import { isUnderWay } from '../../protocol/trainingRun';
import type { Server } from '../server/server';
import { forgetRuns, rememberedRuns, rememberRun } from './followedRuns';
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
