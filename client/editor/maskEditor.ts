import * as vscode from 'vscode';
import { MaskDocument } from '../../mask/document/maskDocument';
import { loadMask } from '../common/maskFiles';
import { Bindings, type MaskPlace } from '../common/maskLocations';
import { reportError } from '../common/report';
import { activeFile, isDirty } from '../common/tabs';
import { compareWith } from '../compare/compareWith';
import { Runs } from '../segment/segmentations';
import type { Server } from '../server/server';
import { Disk } from './disk';
import type { ImageDocument } from './document';
import { MaskEditorProvider } from './provider';

/** The open mask editors' documents, as the commands see them. */
export interface MaskEditors {
  readonly runs: Runs;
  all(): ImageDocument[];
  of(image: vscode.Uri): ImageDocument | undefined;
  /** The document of the active editor. */
  active(): ImageDocument | undefined;
  /**
   * An image's mask as its editor shows it, else as it is on disk; null where there is none.
   * @throws Error naming a mask that cannot be read
   */
  modelOf(image: vscode.Uri): Promise<MaskDocument | null>;
  /** Where an image's mask is saved, or will be. */
  placeOf(image: vscode.Uri): Promise<MaskPlace>;
  /** Saves a mask at another place; see `MaskEditorProvider`. */
  saveMaskAs(document: ImageDocument, destination: vscode.Uri): Promise<void>;
}

/** Makes the mask editor and keeps the context keys of its menus right. */
export function makeMaskEditor(
  context: vscode.ExtensionContext,
  server: Server,
): { provider: MaskEditorProvider; editors: MaskEditors } {
  const { version } = context.extension.packageJSON as { version: string };
  const bindings = new Bindings(context.workspaceState);
  const runs = new Runs(server, bindings);
  const provider = new MaskEditorProvider(context.extensionUri, server, new Disk(version), bindings, {
    segment: document => {
      void runs.segment(document);
    },
    segmentScribbles: () => {
      void vscode.commands.executeCommand('labelless.segmentScribbles');
    },
    compareWith: document => {
      compareWith(document, server).catch(reportError);
    },
    stop: document => {
      runs.stop(document);
    },
    cancel: document => {
      runs.cancel(document);
    },
  });
  const editors: MaskEditors = {
    runs,
    all: () => [...provider.documents.values()],
    of: image => provider.documents.get(image.toString()),
    active: () => editors.of(activeFile() ?? context.extensionUri),
    modelOf: async image => {
      const open = editors.of(image);
      if (open) return open.model;
      const stored = await loadMask(await bindings.placeOf(image), image);
      return stored ? new MaskDocument(stored.state) : null;
    },
    placeOf: image => bindings.placeOf(image),
    saveMaskAs: (document, destination) => provider.saveMaskAs(document, destination),
  };
  const setKeys = () => {
    const document = editors.active();
    void vscode.commands.executeCommand(
      'setContext',
      'labelless.running',
      document !== undefined && runs.isRunning(document),
    );
    void vscode.commands.executeCommand('setContext', 'labelless.hasMask', (document?.model ?? null) !== null);
    void vscode.commands.executeCommand('setContext', 'labelless.comparing', (document?.comparison ?? null) !== null);
  };
  context.subscriptions.push(
    runs.onChange(setKeys),
    provider.onDidChangeDocuments(setKeys),
    vscode.window.tabGroups.onDidChangeTabs(setKeys),
    vscode.window.tabGroups.onDidChangeTabGroups(setKeys),
  );
  return { provider, editors };
}

/**
 * *Save Mask As*: VS Code's own *Save As* proposes the document's path, which is the image's and never to be written;
 * this one proposes the mask's.
 */
export function saveAsCommand(editors: MaskEditors) {
  const saveAs = async () => {
    const document = editors.active();
    if (!document) return;
    const destination = await vscode.window.showSaveDialog({
      defaultUri: document.place.mask,
      title: vscode.l10n.t('Save Mask As'),
      filters: { [vscode.l10n.t('Masks')]: ['png'] },
    });
    if (!destination) return;
    await editors.saveMaskAs(document, destination);
    // Its document is saved now: VS Code learns that by saving it at its new place.
    if (isDirty(document.uri)) await vscode.commands.executeCommand('workbench.action.files.save');
  };
  return { saveMaskAs: () => saveAs().catch(reportError) };
}
