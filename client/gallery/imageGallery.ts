import * as vscode from 'vscode';
import type { ListView } from '../../mask/session/imageList';
import { mostImages } from '../../protocol/galleryPage';
import { reportError } from '../common/report';
import { openMaskEditor } from '../common/tabs';
import type { MaskEditors } from '../editor/maskEditorFeature';
import type { Server } from '../server/server';
import { ServerLister } from '../session/imageLister';
import { ImageSet } from '../session/imageSet';
import { commonFolder } from './commonFolder';
import type { GalleryPanel } from './galleryPanel';
import { MaskLister } from './maskLister';

/** What a gallery is made of. */
export interface GalleryParts {
  readonly panel: vscode.WebviewPanel;
  readonly gallery: GalleryPanel;
  readonly server: Server;
  readonly editors: MaskEditors;
}

/** A gallery of the images of a selection, a batch or a queue. Images can be added while it is open. */
export class ImageGallery {
  private readonly source: string[];
  private set: ImageSet | undefined;
  /** Images are added one call after the other. */
  private adding = Promise.resolve();
  isOpen = true;

  /** @param images at least one */
  constructor(
    private readonly parts: GalleryParts,
    images: readonly vscode.Uri[],
    private view: ListView,
  ) {
    const { panel, editors } = parts;
    this.source = images.map(String);
    const listeners = [
      vscode.workspace.onDidGrantWorkspaceTrust(() => {
        this.show();
      }),
      editors.provider.onDidSave(({ uri }) => {
        const path = this.set?.pathOf(uri);
        if (path !== undefined) this.set?.refresh([path]).catch(reportError);
      }),
    ];
    panel.onDidDispose(() => {
      this.isOpen = false;
      for (const listener of listeners) listener.dispose();
      this.set?.dispose();
    });
    this.show();
  }

  /** Brings the gallery to the front. */
  reveal(): void {
    this.parts.panel.reveal();
  }

  /** Adds images that it does not have, as far as a gallery can be restored with them. */
  add(images: readonly vscode.Uri[]): void {
    const more = images.slice(0, Math.max(0, mostImages - this.source.length));
    if (more.length === 0) return;
    const added = more.map(String);
    this.source.push(...added);
    this.parts.gallery.tellMore(added);
    this.adding = this.adding.then(() => this.takeIn(more)).catch(reportError);
  }

  private async takeIn(images: readonly vscode.Uri[]): Promise<void> {
    if (!this.isOpen || !this.set) return;
    const { set } = this;
    const paths = images.flatMap(uri => set.below(uri) ?? []);
    if (paths.length === images.length) await set.extend(paths);
    else this.show(); // one lies outside of the folder of those before
  }

  /** Lists all images anew, in the folder that all of them have in common. */
  private show(): void {
    const { gallery, server, editors } = this.parts;
    this.view = this.set?.view ?? this.view;
    this.set?.dispose();
    const { folder, paths } = commonFolder(this.source.map(uri => vscode.Uri.parse(uri)));
    const lister = vscode.workspace.isTrusted ? new ServerLister(server) : new MaskLister(editors);
    const set = (this.set = new ImageSet(folder, this.view, lister, editors.classFiles, paths));
    gallery.show({ source: this.source, set, open: path => openMaskEditor(set.uriOf(path)) });
    set.load().catch(reportError);
  }
}
