import * as vscode from 'vscode';
import { activateMaskEditor } from './editor/activate';
import { activateSegmentCommands } from './segment/commands';
import { activateServerCommands } from './server/commands';
import { Server } from './server/server';
import { activateStatusItem } from './status/item';
import { activateStatusReport } from './status/report';

/** Wires the features together. The server, and the code that speaks with it, is not loaded before it is needed. */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Labelless', { log: true });
  const server = new Server(context.asAbsolutePath('dist/server.js'), log);
  context.subscriptions.push(log, server);
  activateStatusItem(context, server);
  activateStatusReport(context, server);
  activateServerCommands(context, server);
  const editors = activateMaskEditor(context, server);
  activateSegmentCommands(context, server, editors);
}
