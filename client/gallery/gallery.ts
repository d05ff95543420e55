import * as vscode from 'vscode';
import { toBackupText } from '../../mask/files';
import type { GalleryHostMessage } from '../../protocol/gallery';
import type { MaskEditors } from '../editor/maskEditor';
import { openMaskEditor } from '../editor/tabs';
import { nameOf } from '../files/places';
import { pageHtml, pageRoot } from '../pages/html';
import { reasonOf, reportError } from '../report';
import type { Server } from '../server/server';
import { parseGalleryMessage } from './messages';

/** Images with their masks over them, side by side: drawn one after the other, and kept while the panel is open. */
export class Gallery {
  private readonly results = new Map<number, GalleryHostMessage>();
  private open = true;
  private drawing = false;

  constructor(private readonly panel: vscode.WebviewPanel, private readonly images: readonly vscode.Uri[],
    private readonly server: Server, private readonly editors: MaskEditors, extension: vscode.Uri) {
    panel.iconPath = vscode.Uri.joinPath(extension, 'media', 'icon.svg');
    panel.webview.options = { enableScripts: true, localResourceRoots: [pageRoot(extension)] };
    const listener = panel.webview.onDidReceiveMessage(message => { void this.receive(message).catch(reportError); });
    panel.onDidDispose(() => {
      this.open = false;
      listener.dispose();
    });
    panel.webview.html = pageHtml(panel.webview, extension, { name: 'gallery', title: vscode.l10n.t('Results') });
  }

  private async receive(untrusted: unknown): Promise<void> {
    const message = parseGalleryMessage(untrusted);
    if (message.type === 'ready') return this.draw();
    const image = this.images.at(message.index);
    if (image) await openMaskEditor(image);
  }

  /** A page that has just loaded, or loads again after it was hidden, knows nothing. */
  private async draw(): Promise<void> {
    this.post({ type: 'images', names: this.images.map(nameOf) });
    for (const result of this.results.values()) this.post(result);
    if (this.drawing) return;
    this.drawing = true;
    for (let index = this.results.size; index < this.images.length && this.open; index++) {
      const result = await this.resultOf(index);
      this.results.set(index, result);
      this.post(result);
    }
    this.drawing = false;
  }

  private async resultOf(index: number): Promise<GalleryHostMessage> {
    const image = this.images[index];
    try {
      const model = await this.editors.modelOf(image);
      if (!model) return { type: 'failed', index, message: vscode.l10n.t('No mask yet') };
      const { webp } = await this.server.thumbnail(image.toString(), toBackupText(model));
      return { type: 'result', index, regions: model.view().labels.length, bytes: new Uint8Array(Buffer.from(webp, 'base64')) };
    } catch (error) {
      return { type: 'failed', index, message: reasonOf(error) };
    }
  }

  private post(message: GalleryHostMessage): void { if (this.open) void this.panel.webview.postMessage(message); }
}
