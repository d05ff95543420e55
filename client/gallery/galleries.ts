import * as vscode from 'vscode';
import { parseGalleryState } from '../../protocol/galleryPage';
import type { CommandHandlers } from '../common/commands';
import { galleryType } from '../common/contributions';
import { imagesOf } from '../common/targets';
import type { MaskEditors } from '../editor/maskEditorFeature';
import type { Server } from '../server/server';
import { GalleryPanel } from './galleryPanel';

/** Opens and restores galleries: the images of a selection, or of a batch, with their masks over them. */
export class Galleries {
  constructor(
    private readonly server: Server,
    private readonly editors: MaskEditors,
    private readonly extension: vscode.Uri,
  ) {}

  /** *Show Results*: opens a gallery of the images that a menu or another feature names. */
  async show(named: unknown, selection: unknown): Promise<void> {
    const title = vscode.l10n.t('Results');
    const images = await imagesOf(named, selection, title);
    if (images.length > 0)
      this.fill(vscode.window.createWebviewPanel(galleryType, title, vscode.ViewColumn.Active), images);
  }

  /** Restores a gallery in a panel after the window was reloaded. `state` is what its page saved. */
  restore(panel: vscode.WebviewPanel, state: unknown): void {
    const images = parseGalleryState(state)?.map(uri => vscode.Uri.parse(uri));
    if (images) this.fill(panel, images);
    else panel.dispose();
  }

  private fill(panel: vscode.WebviewPanel, images: readonly vscode.Uri[]): void {
    new GalleryPanel(panel, images, this.server, this.editors, this.extension);
  }
}

/** Activates the galleries and the command that opens one. */
export function activateGalleries(
  context: vscode.ExtensionContext,
  commands: CommandHandlers,
  server: Server,
  editors: MaskEditors,
): Galleries {
  const galleries = new Galleries(server, editors, context.extensionUri);
  commands.add('showResults', (named, selection) => galleries.show(named, selection));
  return galleries;
}
