import * as vscode from 'vscode';
import { Bindings } from '../files/bindings';
import { Runs } from '../segment/runs';
import type { Server } from '../server/server';
import { reportError } from '../report';
import { compareWith } from './compare';
import { Disk } from './disk';
import type { ImageDocument } from './document';
import { MaskEditorProvider } from './provider';
import { activeFile } from './tabs';

/** The open mask editors' documents, as the commands see them. */
export interface MaskEditors {
  readonly runs: Runs;
  all(): ImageDocument[];
  of(image: vscode.Uri): ImageDocument | undefined;
  /** The document of the active editor. */
  active(): ImageDocument | undefined;
  /** Saves a mask at another place; see `MaskEditorProvider`. */
  saveMaskAs(document: ImageDocument, destination: vscode.Uri): Promise<void>;
}

/** Makes the mask editor and keeps the context keys of its menus right. */
export function makeMaskEditor(context: vscode.ExtensionContext, server: Server): { provider: MaskEditorProvider; editors: MaskEditors } {
  const { version } = context.extension.packageJSON as { version: string };
  const bindings = new Bindings(context.workspaceState);
  const runs = new Runs(server, bindings);
  const provider = new MaskEditorProvider(context.extensionUri, server, new Disk(version), bindings, {
    segment: document => { void runs.segment(document); },
    segmentScribbles: () => { void vscode.commands.executeCommand('labelless.segmentScribbles'); },
    compareWith: document => { compareWith(document).catch(reportError); },
    stop: document => { runs.stop(document); },
    cancel: document => { runs.cancel(document); },
  });
  const editors: MaskEditors = {
    runs,
    all: () => [...provider.documents.values()],
    of: image => provider.documents.get(image.toString()),
    active: () => editors.of(activeFile() ?? context.extensionUri),
    saveMaskAs: (document, destination) => provider.saveMaskAs(document, destination),
  };
  const setKeys = () => {
    const document = editors.active();
    void vscode.commands.executeCommand('setContext', 'labelless.running', document !== undefined && runs.isRunning(document));
    void vscode.commands.executeCommand('setContext', 'labelless.hasMask', (document?.model ?? null) !== null);
    void vscode.commands.executeCommand('setContext', 'labelless.comparing', (document?.comparison ?? null) !== null);
  };
  context.subscriptions.push(
    runs.onChange(setKeys), provider.onDidChangeDocuments(setKeys),
    vscode.window.tabGroups.onDidChangeTabs(setKeys), vscode.window.tabGroups.onDidChangeTabGroups(setKeys));
  return { provider, editors };
}
