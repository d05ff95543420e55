import * as vscode from 'vscode';
import { isMaskName } from '../../mask/files/fileNames';
import { isOwnMask } from '../../mask/files/indexedPng';
import type { PageAction } from '../../protocol/pageActions';
import type { ClassFiles } from '../common/classFiles';
import { readWhole } from '../common/localFiles';
import { folderOf, locationAt, nameOf, type MaskLocations } from '../common/maskLocations';
import { reportError } from '../common/report';
import { isDirty, openMaskEditor } from '../common/tabs';
import type { Server } from '../server/server';
import type { DocumentStorage } from './documentStorage';
import { ImageDocument } from './imageDocument';
import { Panel, type PageRequestType } from './panel';
import { SharedDisplay } from './sharedDisplay';
import { followClassFile, watchFiles } from './watch';

export type EditorDocument = ImageDocument | RedirectDocument;

/** A request of an editor's page that another feature handles. */
export interface PageRequest {
  readonly type: PageRequestType;
  readonly document: ImageDocument;
}

/** The mask editor's provider for VS Code: documents, editors on them, saving, reverting and backups. */
export class MaskEditorProvider implements vscode.CustomEditorProvider<EditorDocument> {
  private readonly edited = new vscode.EventEmitter<vscode.CustomDocumentEditEvent<EditorDocument>>();
  readonly onDidChangeCustomDocument = this.edited.event;
  private readonly documentsChanged = new vscode.EventEmitter<void>();
  /** Fires when a document was opened or closed, has other regions, or is compared with something else. */
  readonly onDidChangeDocuments = this.documentsChanged.event;
  private readonly saved = new vscode.EventEmitter<ImageDocument>();
  /** Fires when a mask was saved, where it was or elsewhere. */
  readonly onDidSave = this.saved.event;
  private readonly requested = new vscode.EventEmitter<PageRequest>();
  /** Fires when a page made a request that another feature handles. */
  readonly onRequest = this.requested.event;
  /** Open documents by their image. */
  readonly documents = new Map<string, ImageDocument>();
  private readonly panels = new Set<Panel>();
  private readonly display = new SharedDisplay();

  constructor(
    private readonly extension: vscode.Uri,
    private readonly server: Server,
    private readonly storage: DocumentStorage,
    private readonly locations: MaskLocations,
    private readonly classFiles: ClassFiles,
  ) {}

  async openCustomDocument(uri: vscode.Uri, { backupId }: vscode.CustomDocumentOpenContext): Promise<EditorDocument> {
    if (await isMaskFile(uri)) return this.redirect(uri);
    const document = new ImageDocument(uri, await this.locations.locationOf(uri));
    if (backupId === undefined) await this.storage.read(document).catch(reportError);
    else await this.storage.restore(document, vscode.Uri.parse(backupId));
    this.documents.set(uri.toString(), document);
    document.onDispose(() => {
      this.documents.delete(uri.toString());
      this.documentsChanged.fire();
    });
    document.onChange(({ part }) => {
      if (part === 'regions' || part === 'comparison') this.documentsChanged.fire();
    });
    document.onStep(step => {
      this.edited.fire({ document, ...step });
    });
    watchFiles(document, this.storage);
    await followClassFile(document, this.classFiles);
    this.documentsChanged.fire();
    return document;
  }

  resolveCustomEditor(document: EditorDocument, panel: vscode.WebviewPanel): void {
    if (document instanceof RedirectDocument) {
      document.replace(panel);
      return;
    }
    const onRequest = (type: PageRequestType) => {
      this.requested.fire({ type, document });
    };
    const shown = new Panel(panel, document, this.server, onRequest, this.extension, this.display);
    this.panels.add(shown);
    panel.onDidChangeViewState(() => {
      if (panel.active) this.classFiles.look(folderOf(document.uri)).catch(reportError);
    });
    panel.onDidDispose(() => {
      this.panels.delete(shown);
    });
  }

  /** Has the page of the active editor perform an action. */
  act(action: PageAction): void {
    for (const panel of this.panels) if (panel.active) panel.act(action);
  }

  /** Waits until the pages of a document show its picture, but not for long. */
  async untilShown(document: ImageDocument): Promise<void> {
    await Promise.all(this.panelsOf(document).map(panel => panel.untilShown()));
  }

  /** Waits until the edits that the user has begun on a document's pages are made. */
  async finishEdits(document: ImageDocument): Promise<void> {
    await Promise.all(this.panelsOf(document).map(panel => panel.finishEdits()));
  }

  /**
   * Has VS Code save a document, whether its editor is the active one or not.
   * @throws Error when it still has unsaved changes; VS Code itself says why
   */
  async save(document: ImageDocument): Promise<void> {
    let saved = false;
    const listener = this.onDidSave(other => {
      saved ||= other === document;
    });
    try {
      // Of a file that is open in other editors too, such as VS Code's image preview, this reports no success.
      saved ||= (await vscode.workspace.save(document.uri)) !== undefined;
    } finally {
      listener.dispose();
    }
    if (!saved && isDirty(document.uri))
      throw new Error(vscode.l10n.t('The mask of {0} was not saved, and nothing else was done.', nameOf(document.uri)));
  }

  /** Shows a document's mask and classes as they are on disk, which another part of Labelless has changed. */
  async readAgain(document: ImageDocument): Promise<void> {
    await this.classFiles.look(folderOf(document.uri));
    await this.storage.read(document);
  }

  async saveCustomDocument(document: EditorDocument): Promise<void> {
    if (!(document instanceof ImageDocument)) return;
    await this.classFiles.look(folderOf(document.uri)); // the sidecar keeps their names and colours
    await this.storage.save(document);
    this.saved.fire(document);
  }

  async saveCustomDocumentAs(document: EditorDocument, destination: vscode.Uri): Promise<void> {
    // Afterwards VS Code opens the destination, which leads back to the image.
    if (document instanceof ImageDocument) await this.saveMaskAs(document, destination);
  }

  /**
   * Saves a mask as another file, which is the mask's from then on.
   * @throws Error when that holds an image that is no mask, or cannot be written.
   */
  async saveMaskAs(document: ImageDocument, destination: vscode.Uri): Promise<void> {
    await this.storage.saveAs(document, locationAt(destination));
    await this.locations.remember(document.uri, destination);
    this.saved.fire(document);
  }

  async revertCustomDocument(document: EditorDocument): Promise<void> {
    if (document instanceof ImageDocument) await this.storage.read(document);
  }

  async backupCustomDocument(
    document: EditorDocument,
    { destination }: vscode.CustomDocumentBackupContext,
  ): Promise<vscode.CustomDocumentBackup> {
    if (document instanceof ImageDocument) return this.storage.backUp(document, destination);
    throw new Error(`${nameOf(document.uri)} has nothing to back up.`);
  }

  private panelsOf(document: ImageDocument): Panel[] {
    return [...this.panels].filter(panel => panel.document === document);
  }

  /** Prepares opening the photo of a mask in place of the mask. */
  private async redirect(mask: vscode.Uri): Promise<RedirectDocument> {
    const photo = await this.locations.imageOf(mask);
    const open = this.documents.get(photo.toString());
    if (open && open.location.mask.toString() !== mask.toString()) {
      if (isDirty(photo))
        throw new Error(
          vscode.l10n.t(
            '{0} is open with unsaved changes to another mask. Save or revert them, then open {1} again.',
            nameOf(photo),
            nameOf(mask),
          ),
        );
      open.setLocation(locationAt(mask), undefined);
      await this.storage.read(open);
    }
    await this.locations.remember(photo, mask);
    return new RedirectDocument(mask, photo);
  }
}

/** Whether a file is a mask rather than a picture: by its name, or by what Labelless wrote into it. */
async function isMaskFile(uri: vscode.Uri): Promise<boolean> {
  if (isMaskName(nameOf(uri))) return true;
  return /\.png$/i.test(uri.path) && isOwnMask(await readWhole(uri));
}

/** The document of a mask that was opened in the mask editor: the photo opens in its place. */
class RedirectDocument implements vscode.CustomDocument {
  constructor(
    readonly uri: vscode.Uri,
    private readonly photo: vscode.Uri,
  ) {}

  /** Opens the photo in the column of the mask's editor, and closes that editor. */
  replace(panel: vscode.WebviewPanel): void {
    panel.webview.html = `<!DOCTYPE html><title>${nameOf(this.photo).replace(/[<&]/g, '')}</title>`;
    void openMaskEditor(this.photo, panel.viewColumn).then(() => {
      panel.dispose();
    }, reportError);
  }

  dispose(): void {
    /* holds nothing */
  }
}
