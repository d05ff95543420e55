import * as vscode from 'vscode';
import { compareCommands } from './compare/compareWith';
import { makeMaskEditor, saveAsCommand, type MaskEditors } from './editor/maskEditor';
import type { MaskEditorProvider } from './editor/provider';
import { experimentCommands } from './experiments/newExperiment';
import { makeExports } from './export/exportMask';
import { exportMasksCommand } from './export/exportSelection';
import { importCommand } from './export/importLabels';
import { figureCommands } from './export/saveFigure';
import { makeGalleries } from './gallery/galleries';
import { segmentCommands } from './segment/segmentCommands';
import { serverCommands } from './server/commands';
import { Server } from './server/server';
import { activateStatusItem, statusCommands } from './status/serverStatus';
import { makeTraining } from './training/trainingFeature';

/** What happens on each contributed command, by its name without `labelless.`. */
export type Commands = ReturnType<typeof segmentCommands> &
  ReturnType<typeof serverCommands> &
  ReturnType<typeof statusCommands> &
  ReturnType<typeof saveAsCommand> &
  ReturnType<typeof compareCommands> &
  ReturnType<typeof figureCommands> &
  Galleries['commands'] &
  ReturnType<typeof experimentCommands> &
  Training['commands'] &
  ReturnType<typeof makeExports>['commands'] &
  ReturnType<typeof importCommand> &
  ReturnType<typeof exportMasksCommand>;

type Training = ReturnType<typeof makeTraining>;
type Galleries = ReturnType<typeof makeGalleries>;

export interface Features {
  commands: Commands;
  provider: MaskEditorProvider;
  server: Server;
  editors: MaskEditors;
  training: Training;
  galleries: Galleries;
}

/** Wires the features together. The server, and the code that speaks with it, waits until it is needed. */
export function makeFeatures(context: vscode.ExtensionContext): Features {
  const log = vscode.window.createOutputChannel('Labelless', { log: true });
  const server = new Server(context.asAbsolutePath('dist/server.js'), log);
  context.subscriptions.push(log, server);
  activateStatusItem(context, server);
  const { provider, editors } = makeMaskEditor(context, server);
  const training = makeTraining(context, server);
  const galleries = makeGalleries(server, editors, context.extensionUri);
  const exports = makeExports(server, editors);
  provider.onDidSave(document => {
    void exports.saved(document);
  });
  const commands = {
    ...segmentCommands(server, editors),
    ...serverCommands(server),
    ...statusCommands(context, server),
    ...saveAsCommand(editors),
    ...compareCommands(server, editors),
    ...figureCommands(server, editors),
    ...training.commands,
    ...experimentCommands(server),
    ...exports.commands,
    ...importCommand(server, editors),
    ...exportMasksCommand(server, editors),
    ...galleries.commands,
  };
  return { commands, provider, server, editors, training, galleries };
}
