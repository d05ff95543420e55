import * as vscode from 'vscode';
import { MaskDocument } from '../../mask/document/maskDocument';
import { pageActions } from '../../protocol/pageActions';
import type { CommandHandlers } from '../common/commands';
import { ClassFiles } from '../common/classFiles';
import { MaskLocations, type MaskLocation } from '../common/maskLocations';
import { loadMask } from '../common/maskStorage';
import { activeFile, isDirty } from '../common/tabs';
import type { Server } from '../server/server';
import { DocumentStorage } from './documentStorage';
import type { ImageDocument } from './imageDocument';
import { MasksAhead } from './masksAhead';
import { MaskEditorProvider } from './provider';

/** The open mask editors and the masks of images, as commands and other features use them. */
export class MaskEditors {
  private readonly activeChanged = new vscode.EventEmitter<void>();
  /** Fires when another editor may be active, or the active document has other regions or another comparison. */
  readonly onDidChangeActive = this.activeChanged.event;

  constructor(
    readonly provider: MaskEditorProvider,
    private readonly locations: MaskLocations,
    private readonly ahead: MasksAhead,
    /** The class files of the folders of images, for all that shows classes. */
    readonly classFiles: ClassFiles,
  ) {
    const changed = () => {
      this.activeChanged.fire();
    };
    provider.onDidChangeDocuments(changed);
    vscode.window.tabGroups.onDidChangeTabs(changed);
    vscode.window.tabGroups.onDidChangeTabGroups(changed);
  }

  /** The open documents. */
  all(): ImageDocument[] {
    return [...this.provider.documents.values()];
  }

  /** The open document of an image. */
  documentOf(image: vscode.Uri): ImageDocument | undefined {
    return this.provider.documents.get(image.toString());
  }

  /** The document of the active editor. */
  active(): ImageDocument | undefined {
    const file = activeFile();
    return file && this.documentOf(file);
  }

  /**
   * The mask of an image as its editor shows it, or as it is on disk; null where there is none.
   * @throws Error naming a mask that cannot be read
   */
  async maskOf(image: vscode.Uri): Promise<MaskDocument | null> {
    const open = this.documentOf(image);
    if (open) return open.model;
    const stored = await loadMask(await this.locationOf(image), image);
    return stored ? new MaskDocument(stored.state) : null;
  }

  /** Reads the masks of images ahead that a user comes to next, and of no others. */
  async readAhead(images: readonly vscode.Uri[]): Promise<void> {
    const closed = images.filter(image => !this.documentOf(image));
    const located = closed.map(async image => ({ image, location: await this.locationOf(image) }));
    await this.ahead.want(await Promise.all(located));
  }

  /** Where an image's mask is, or is to be saved. */
  locationOf(image: vscode.Uri): Promise<MaskLocation> {
    return this.locations.locationOf(image);
  }
}

/** Activates the mask editor: its provider, its commands, and the context keys of its menus. */
export function activateMaskEditor(
  context: vscode.ExtensionContext,
  commands: CommandHandlers,
  server: Server,
): MaskEditors {
  const { version } = context.extension.packageJSON as { version: string };
  const locations = new MaskLocations(context.workspaceState);
  const ahead = new MasksAhead();
  const storage = new DocumentStorage(version, ahead);
  const classFiles = new ClassFiles();
  const provider = new MaskEditorProvider(context.extensionUri, server, storage, locations, classFiles);
  const editors = new MaskEditors(provider, locations, ahead, classFiles);
  for (const action of pageActions)
    commands.add(action, () => {
      provider.act(action);
    });
  commands.add('saveMaskAs', () => saveMaskAs(editors));
  context.subscriptions.push(
    classFiles,
    editors.onDidChangeActive(() => {
      const document = editors.active();
      setContextKey('hasMask', document !== undefined && document.model !== null);
      setContextKey('comparing', document !== undefined && document.comparison !== null);
    }),
  );
  return editors;
}

/** Sets a context key, `labelless.NAME`, for the conditions of menus and keybindings in package.json. */
export function setContextKey(name: 'hasMask' | 'comparing' | 'running' | 'session', value: boolean): void {
  void vscode.commands.executeCommand('setContext', `labelless.${name}`, value);
}

/**
 * *Save Mask As*: asks for a file and saves the mask there. VS Code's own *Save As* proposes the path of the image,
 * which must never be overwritten; this one proposes the mask's path.
 */
async function saveMaskAs(editors: MaskEditors): Promise<void> {
  const document = editors.active();
  if (!document) return;
  const destination = await vscode.window.showSaveDialog({
    defaultUri: document.location.mask,
    title: vscode.l10n.t('Save Mask As'),
    filters: { [vscode.l10n.t('Masks')]: ['png'] },
  });
  if (!destination) return;
  await editors.provider.saveMaskAs(document, destination);
  // The document is saved now: VS Code learns that by saving it at its new location.
  if (isDirty(document.uri)) await vscode.workspace.save(document.uri);
}
