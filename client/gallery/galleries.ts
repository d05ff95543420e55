import * as vscode from 'vscode';
import { galleryType } from '../common/contributions';
import { reportError } from '../common/report';
import { imagesOf } from '../common/targets';
import type { MaskEditors } from '../editor/maskEditor';
import type { Server } from '../server/server';
import { Gallery } from './galleryPanel';
import { parseGalleryState } from './messages';

/**
 * *Show Results*: the images of a selection, or of a batch, with their masks over them. They come back after the window
 * was reloaded.
 */
export function makeGalleries(server: Server, editors: MaskEditors, extension: vscode.Uri) {
  const fill = (panel: vscode.WebviewPanel, images: readonly vscode.Uri[]) =>
    new Gallery(panel, images, server, editors, extension);
  const show = async (named: unknown, selection: unknown): Promise<void> => {
    const title = vscode.l10n.t('Results');
    const images = await imagesOf(named, selection, title);
    if (images.length > 0) fill(vscode.window.createWebviewPanel(galleryType, title, vscode.ViewColumn.Active), images);
  };
  return {
    commands: { showResults: (named: unknown, selection: unknown) => show(named, selection).catch(reportError) },
    /** Takes over a panel that VS Code brings back. `state` is what its page kept, of any shape. */
    restore: (panel: vscode.WebviewPanel, state: unknown): void => {
      const images = parseGalleryState(state);
      if (images)
        fill(
          panel,
          images.map(uri => vscode.Uri.parse(uri)),
        );
      else panel.dispose();
    },
  };
}
