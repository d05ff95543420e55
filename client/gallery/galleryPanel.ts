import * as vscode from 'vscode';
import type { MaskDocument } from '../../mask/document/maskDocument';
import { uncertaintyOf } from '../../mask/document/uncertainty';
import { reasonOf } from '../../mask/errors';
import { toBackupText } from '../../mask/files/maskFiles';
import { parseGalleryPageMessage, type GalleryHostMessage } from '../../protocol/galleryPage';
import { ThumbnailRequest } from '../../protocol/imageMessages';
import { nameOf } from '../common/maskLocations';
import { pageHtml, pageRoot } from '../common/pageHtml';
import { reportError } from '../common/report';
import { openMaskEditor } from '../common/tabs';
import type { MaskEditors } from '../editor/maskEditorFeature';
import type { Server } from '../server/server';
import { maskThumbnail } from './maskThumbnail';

/**
 * A panel of images with their masks over them, drawn one after the other and kept while the panel is open. Without
 * trust in the workspace it shows the masks alone, which need no server.
 */
export class GalleryPanel {
  private readonly results = new Map<number, GalleryHostMessage>();
  private open = true;
  private drawing = false;

  constructor(
    private readonly panel: vscode.WebviewPanel,
    private readonly images: readonly vscode.Uri[],
    private readonly server: Server,
    private readonly editors: MaskEditors,
    extension: vscode.Uri,
  ) {
    panel.iconPath = vscode.Uri.joinPath(extension, 'media', 'icon.svg');
    panel.webview.options = { enableScripts: true, localResourceRoots: [pageRoot(extension)] };
    const listeners = [
      panel.webview.onDidReceiveMessage(message => {
        void this.receive(message).catch(reportError);
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => {
        this.results.clear();
        void this.draw();
      }),
    ];
    panel.onDidDispose(() => {
      this.open = false;
      for (const listener of listeners) listener.dispose();
    });
    panel.webview.html = pageHtml(panel.webview, extension, { name: 'gallery', title: vscode.l10n.t('Results') });
  }

  private async receive(untrusted: unknown): Promise<void> {
    const message = parseGalleryPageMessage(untrusted);
    if (message.type === 'ready') return this.draw();
    const image = this.images.at(message.index);
    if (image) await openMaskEditor(image);
  }

  /** Draws the gallery on a page that has just loaded, also after it was hidden. */
  private async draw(): Promise<void> {
    const notice = vscode.workspace.isTrusted
      ? null
      : vscode.l10n.t(
          'Restricted Mode: the masks alone are shown. Drawing them over their pictures runs the segmentation server, which needs your trust in this workspace.',
        );
    this.post({
      type: 'images',
      images: this.images.map(image => ({ name: nameOf(image), uri: image.toString() })),
      notice,
    });
    for (const result of this.results.values()) this.post(result);
    if (this.drawing) return;
    this.drawing = true;
    for (let missing = this.missing(); missing && this.open; missing = this.missing()) {
      const trusted = vscode.workspace.isTrusted;
      const result = await this.resultOf(...missing);
      if (trusted !== vscode.workspace.isTrusted) continue; // all is drawn anew
      this.results.set(missing[0], result);
      this.post(result);
    }
    this.drawing = false;
  }

  /** The first image without a result, with its index. */
  private missing(): [index: number, image: vscode.Uri] | undefined {
    return [...this.images.entries()].find(([index]) => !this.results.has(index));
  }

  private async resultOf(index: number, image: vscode.Uri): Promise<GalleryHostMessage> {
    try {
      const mask = await this.editors.maskOf(image);
      if (!mask) return { type: 'failed', index, message: vscode.l10n.t('No mask yet') };
      const drawn = await this.thumbnail(image, mask);
      return {
        type: 'result',
        index,
        regions: mask.view().labels.length,
        uncertainty: uncertaintyOf(mask),
        ...drawn,
      };
    } catch (error) {
      return { type: 'failed', index, message: reasonOf(error) };
    }
  }

  private async thumbnail(
    image: vscode.Uri,
    mask: MaskDocument,
  ): Promise<{ mime: 'image/webp' | 'image/png'; bytes: Uint8Array }> {
    if (!vscode.workspace.isTrusted) return { mime: 'image/png', bytes: maskThumbnail(mask) };
    const { webp } = await this.server.request(ThumbnailRequest, { uri: image.toString(), mask: toBackupText(mask) });
    return { mime: 'image/webp', bytes: new Uint8Array(Buffer.from(webp, 'base64')) };
  }

  private post(message: GalleryHostMessage): void {
    if (this.open) void this.panel.webview.postMessage(message);
  }
}
