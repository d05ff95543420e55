import type * as vscode from 'vscode';
import { activateClasses } from './classes/classesFeature';
import { CommandHandlers } from './common/commands';
import { activateComparison } from './compare/compareWith';
import { activateMaskEditor, type MaskEditors } from './editor/maskEditorFeature';
import { activateExperiments } from './experiments/newExperiment';
import { activateExport } from './export/exportCommands';
import { activateGalleries, type Galleries } from './gallery/galleries';
import { activateLearning } from './learning/learningFeature';
import { activateQueue } from './queue/queueFeature';
import { activateSegmentation } from './segment/segmentCommands';
import { activateSession } from './session/sessionFeature';
import type { Sessions } from './session/sessions';
import { type Server, activateServer } from './server/server';
import { activateServerStatus } from './status/serverStatus';
import { activateTraining } from './training/trainingFeature';
import type { TrainingViews } from './training/trainingViews';

/** The parts of the features that `extension.ts` and the integration tests use. */
export interface Features {
  commands: CommandHandlers;
  server: Server;
  editors: MaskEditors;
  trainingViews: TrainingViews;
  galleries: Galleries;
  sessions: Sessions;
}

/** Activates every feature. Each adds the handlers of its own commands; the server starts when it is first needed. */
export function activateFeatures(context: vscode.ExtensionContext): Features {
  const commands = new CommandHandlers();
  const server = activateServer(context, commands);
  activateServerStatus(context, commands, server);
  const editors = activateMaskEditor(context, commands, server);
  const segmentations = activateSegmentation(context, commands, server, editors);
  const sessions = activateSession(context, commands, server, editors, segmentations);
  activateClasses(commands, server, editors);
  activateComparison(commands, server, editors);
  activateExport(commands, server, editors);
  const galleries = activateGalleries(context, commands, server, editors, sessions);
  activateQueue(context, commands, server, galleries);
  const trainingViews = activateTraining(context, commands, server);
  activateLearning(context, commands, { server, sessions, editors, segmentations, trainingViews });
  activateExperiments(commands, server);
  return { commands, server, editors, trainingViews, galleries, sessions };
}
