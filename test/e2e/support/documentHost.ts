import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { Panel } from '../../../client/editor/panel';
import { SharedDisplay } from '../../../client/editor/sharedDisplay';
import type { Server } from '../../../client/server/server';
import type { MaskDocument } from '../../../mask/document/maskDocument';
import { stateFromSegmentation } from '../../../mask/document/segmentation';
import type { ClassFile } from '../../../mask/files/classFile';
import type { EditorHostPost, EditorPageMessage } from '../../../protocol/editorPage';
import { EditedDocument } from '../../support/editedDocument';
import type { EditorPage } from './openedPage';
import type { Scene } from './scene';

/**
 * The extension host's side of a page: the real document and the real panel of the mask editor, with a webview panel in
 * place of VS Code's that passes messages from and to the page.
 */
export class DocumentHost {
  /** Messages of the page that wait for `resume`. */
  private held: EditorPageMessage[] | null = null;
  private readonly fromPage = new vscode.EventEmitter<EditorPageMessage>();
  /** Resolves when the page has received all messages that the panel has posted. */
  private sending = Promise.resolve();

  private constructor(
    private readonly editor: EditorPage,
    private readonly edited: EditedDocument,
  ) {
    const never = new vscode.EventEmitter<never>();
    const webview = {
      options: {},
      html: '',
      cspSource: '',
      asWebviewUri: (uri: vscode.Uri) => uri,
      onDidReceiveMessage: this.fromPage.event,
      postMessage: (message: EditorHostPost) => {
        this.sending = this.sending.then(() => editor.send(message));
        return this.sending.then(() => true);
      },
    };
    const events = { onDidDispose: never.event, onDidChangeViewState: never.event };
    const panel = { webview, active: true, visible: true, ...events } as unknown as vscode.WebviewPanel;
    // Without a server the page shows the file's own bytes.
    const request = () => Promise.reject(new Error('no server runs here'));
    const server = { request, log: { warn: () => undefined } } as unknown as Server;
    const nothing = () => undefined;
    new Panel(panel, edited.document, server, nothing, vscode.Uri.file(process.cwd()), new SharedDisplay());
    editor.host = message => this.receive(message);
  }

  /** Opens a scene on the page. */
  static async open(editor: EditorPage, scene: Scene, granularity: number): Promise<DocumentHost> {
    const folder = await mkdtemp(path.join(tmpdir(), 'labelless-page-'));
    try {
      const picture = path.join(folder, 'grid.png');
      await writeFile(picture, scene.png);
      const edited = new EditedDocument(picture);
      const { regions, hierarchy } = scene;
      edited.document.set(stateFromSegmentation({ regions, hierarchy, granularity, run: null }));
      const host = new DocumentHost(editor, edited);
      await host.receive({ type: 'ready' });
      await editor.page.locator('.status .size', { hasText: String(regions.width) }).waitFor();
      await editor.drawn();
      return host;
    } finally {
      await rm(folder, { recursive: true });
    }
  }

  get document(): MaskDocument {
    return this.edited.document.model!;
  }

  /** Leaves edits unanswered until `resume`. */
  hold(): void {
    this.held = [];
  }

  async resume(): Promise<void> {
    const held = this.held ?? [];
    this.held = null;
    for (const message of held) await this.receive(message);
  }

  /** Has the document take a class file, as when one appears or changes. */
  setClassFile(file: ClassFile | undefined): void {
    this.edited.document.setClassFile(file);
  }

  async undo(): Promise<void> {
    this.edited.undo();
    await this.sending;
  }

  /** The number of steps that can be undone. */
  get depth(): number {
    return this.edited.depth;
  }

  private async receive(message: EditorPageMessage): Promise<void> {
    if (this.held) {
      this.held.push(message);
      return;
    }
    this.fromPage.fire(message);
    await new Promise(setImmediate); // a panel answers an edit at once, but for what it awaits
    await this.sending;
  }
}
