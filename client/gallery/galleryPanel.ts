import * as vscode from 'vscode';
import { reasonOf } from '../../mask/errors';
import { toBackupText } from '../../mask/files/maskFiles';
import { parseGalleryPageMessage, type GalleryHostMessage, type GallerySource } from '../../protocol/galleryPage';
import { ThumbnailRequest } from '../../protocol/imageMessages';
import { pageHtml, pageRoot } from '../common/pageHtml';
import { reportError } from '../common/report';
import type { MaskEditors } from '../editor/maskEditorFeature';
import type { Server } from '../server/server';
import type { ImageSet } from '../session/imageSet';
import { changeOfSet, wholeSet } from '../session/listMessages';
import { maskThumbnail } from './maskThumbnail';
import { ThumbnailQueue } from './thumbnailQueue';

/** What a gallery shows, and what a click on an image does. */
export interface GalleryContent {
  readonly source: GallerySource;
  readonly set: ImageSet;
  open(path: string): Promise<void>;
}

/**
 * A panel of images with their masks over them, drawn as they come into sight. Without trust in the workspace it shows
 * the masks alone, which need no server.
 */
export class GalleryPanel {
  private content: GalleryContent | undefined;
  private following: vscode.Disposable | undefined;
  private readonly thumbnails = new ThumbnailQueue(path => this.draw(path));

  constructor(
    private readonly panel: vscode.WebviewPanel,
    private readonly server: Server,
    private readonly editors: MaskEditors,
    extension: vscode.Uri,
    title: string,
  ) {
    panel.title = title;
    panel.iconPath = vscode.Uri.joinPath(extension, 'media', 'icon.svg');
    panel.webview.options = { enableScripts: true, localResourceRoots: [pageRoot(extension)] };
    panel.webview.onDidReceiveMessage(message => {
      void this.receive(message).catch(reportError);
    });
    panel.onDidDispose(() => {
      this.show(undefined);
    });
    panel.webview.html = pageHtml(panel.webview, extension, { name: 'gallery', title });
  }

  /** Shows other images; undefined: none any more. */
  show(content: GalleryContent | undefined): void {
    this.following?.dispose();
    this.thumbnails.want([]);
    this.content = content;
    this.following = content?.set.onChange(change => {
      const message = changeOfSet(content.set, change, this);
      if (message) this.post(message);
    });
    if (content) this.postAll(content);
  }

  /** Tells the page of images that its source has besides now, so that it keeps them, too. */
  tellMore(source: readonly string[]): void {
    this.post({ type: 'moreSource', source });
  }

  private async receive(untrusted: unknown): Promise<void> {
    const message = parseGalleryPageMessage(untrusted);
    const { content } = this;
    if (!content) return;
    const isListed = (path: string) => content.set.indexOf(path) !== undefined;
    switch (message.type) {
      case 'ready':
        this.postAll(content);
        break;
      case 'open':
        if (isListed(message.path)) await content.open(message.path);
        break;
      case 'listView':
        content.set.setView(message.view, this);
        break;
      case 'inSight':
        this.thumbnails.want(message.paths.filter(isListed));
        break;
    }
  }

  /** Sends everything to a page that has just loaded, also after it was hidden. */
  private postAll({ source, set }: GalleryContent): void {
    const notice = vscode.workspace.isTrusted
      ? null
      : vscode.l10n.t(
          'Restricted Mode: the masks alone are shown. Drawing them over their pictures runs the segmentation server, which needs your trust in this workspace.',
        );
    this.post({ type: 'gallery', source, notice });
    this.post(wholeSet(set));
  }

  private async draw(path: string): Promise<void> {
    const { content } = this;
    if (!content) return;
    let message: GalleryHostMessage;
    try {
      message = { type: 'thumbnail', path, ...(await this.thumbnail(content.set, path)) };
    } catch (error) {
      message = { type: 'failed', path, message: reasonOf(error) };
    }
    if (content === this.content) this.post(message);
  }

  /**
   * Draws the mask that the list tells of: no other of the picture before, and none that an editor has not saved yet.
   * @throws Error with the reason why there is no picture
   */
  private async thumbnail(
    set: ImageSet,
    path: string,
  ): Promise<{ mime: 'image/webp' | 'image/png'; bytes: Uint8Array }> {
    const image = set.uriOf(path);
    const mask = set.imageAt(path)?.status === 'none' ? null : await this.editors.maskOf(image);
    if (!vscode.workspace.isTrusted) {
      if (!mask) throw new Error(vscode.l10n.t('No mask yet'));
      return { mime: 'image/png', bytes: maskThumbnail(mask) };
    }
    const params = { uri: image.toString(), mask: mask && toBackupText(mask) };
    const { webp } = await this.server.request(ThumbnailRequest, params);
    return { mime: 'image/webp', bytes: new Uint8Array(Buffer.from(webp, 'base64')) };
  }

  private post(message: GalleryHostMessage): void {
    if (this.content) void this.panel.webview.postMessage(message);
  }
}
