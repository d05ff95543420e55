import * as vscode from 'vscode';
import { compareCommands } from './editor/compare';
import { exportMasksCommand } from './editor/exportMasks';
import { makeExports } from './editor/exports';
import { makeGalleries } from './gallery/commands';
import { importCommand } from './editor/imports';
import { makeMaskEditor, type MaskEditors } from './editor/maskEditor';
import { experimentCommands } from './experiments/newExperiment';
import type { MaskEditorProvider } from './editor/provider';
import { saveAsCommand } from './editor/saveAs';
import { segmentCommands } from './segment/commands';
import { figureCommands } from './segment/figure';
import { serverCommands } from './server/commands';
import { Server } from './server/server';
import { activateStatusItem } from './status/item';
import { statusCommands } from './status/report';
import { makeTraining } from './training/feature';

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
