import * as vscode from 'vscode';
import type { MaskEditors } from '../editor/maskEditor';
import { reportError } from '../report';
import { imagesOf } from '../segment/targets';
import type { Server } from '../server/server';
import { requireTrust } from '../trust';
import { Gallery } from './gallery';

/** *Show Results*: the images of a selection, or of a batch, with their masks over them. */
export function galleryCommands(server: Server, editors: MaskEditors, extension: vscode.Uri) {
  const show = async (named: unknown, selection: unknown): Promise<void> => {
    const title = vscode.l10n.t('Results');
    const images = await imagesOf(named, selection, title);
    if (images.length === 0 || !await requireTrust()) return;
    new Gallery(vscode.window.createWebviewPanel('labelless.gallery', title, vscode.ViewColumn.Active), images, server, editors, extension);
  };
  return { showResults: (named: unknown, selection: unknown) => show(named, selection).catch(reportError) };
}
