import type * as vscode from 'vscode';
import type { Server } from '../server/server';
import { forgetRuns, rememberedRuns, rememberRun } from './followedRuns';
import { trainingCommands } from './trainingCommands';
import { activateTrainingItem } from './trainingStatusItem';
import { TrainingViews } from './trainingViews';

/** Method 2's training in VS Code: commands, views, the status bar, and following runs across reloads of the window. */
export function makeTraining(context: vscode.ExtensionContext, server: Server) {
  const memory = context.workspaceState;
  const views = new TrainingViews(context.extensionUri, server, {
    resume: experiment => commands.resumeExperiment(experiment),
  });
  const commands = trainingCommands(server, views);
  activateTrainingItem(context, server);
  context.subscriptions.push(
    server.onTraining(news => {
      rememberRun(memory, news);
    }),
  );
  return { commands, views, followAgain: () => followAgain(memory, server) };
}

/** Follows the runs that were under way when the window closed. Those that are not any more are forgotten. */
async function followAgain(memory: vscode.Memento, server: Server): Promise<void> {
  const over: string[] = [];
  for (const folder of rememberedRuns(memory)) {
    try {
      const { state } = await server.training(client => client.follow(folder, true));
      if (state !== 'running' && state !== 'paused') over.push(folder);
    } catch (error) {
      server.log.info(`${folder} is not followed any more: ${String(error)}`);
      over.push(folder);
    }
  }
  await forgetRuns(memory, over);
}
