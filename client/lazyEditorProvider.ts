import * as vscode from 'vscode';
import type { EditorDocument, MaskEditorProvider } from './editor/provider';

/** A provider of the mask editor that loads the actual one with the first document. */
export class LazyEditorProvider implements vscode.CustomEditorProvider<EditorDocument> {
  private readonly edited = new vscode.EventEmitter<vscode.CustomDocumentEditEvent<EditorDocument>>();
  private loaded: Promise<MaskEditorProvider> | undefined;
  readonly onDidChangeCustomDocument = this.edited.event;

  constructor(private readonly load: () => Promise<MaskEditorProvider>) {}

  async openCustomDocument(uri: vscode.Uri, context: vscode.CustomDocumentOpenContext): Promise<EditorDocument> {
    return (await this.provider()).openCustomDocument(uri, context);
  }

  async resolveCustomEditor(document: EditorDocument, panel: vscode.WebviewPanel): Promise<void> {
    (await this.provider()).resolveCustomEditor(document, panel);
  }

  async saveCustomDocument(document: EditorDocument): Promise<void> {
    return (await this.provider()).saveCustomDocument(document);
  }

  async saveCustomDocumentAs(document: EditorDocument, destination: vscode.Uri): Promise<void> {
    return (await this.provider()).saveCustomDocumentAs(document, destination);
  }

  async revertCustomDocument(document: EditorDocument): Promise<void> {
    return (await this.provider()).revertCustomDocument(document);
  }

  async backupCustomDocument(
    document: EditorDocument,
    context: vscode.CustomDocumentBackupContext,
  ): Promise<vscode.CustomDocumentBackup> {
    return (await this.provider()).backupCustomDocument(document, context);
  }

  private provider(): Promise<MaskEditorProvider> {
    return (this.loaded ??= this.load().then(provider => {
      provider.onDidChangeCustomDocument(event => {
        this.edited.fire(event);
      });
      return provider;
    }));
  }
}
