import * as vscode from 'vscode';
import type { ForeignLabels } from '../../mask/formats/importLabels';
import { nameOf } from '../common/maskLocations';
import { reasonOf, reportError } from '../common/report';
import { requireTrust } from '../common/trust';
import type { ImageDocument } from '../editor/document';
import { readLabelFile } from '../editor/imageSettings';
import type { MaskEditors } from '../editor/maskEditor';
import type { Server } from '../server/server';

/** *Import Labels*: labels from a file of LabelMe or COCO, as an edit of the mask in the active editor. */
export function importCommand(server: Server, editors: MaskEditors) {
  /** @param named a JSON file, where another extension or a keybinding names it; VS Code's menus name the image */
  const run = async (named: unknown) => {
    const document = editors.active();
    if (!document) return;
    const file = named instanceof vscode.Uri && /\.json$/i.test(named.path) ? named : await ask(document);
    if (!file) return;
    try {
      const labels = await readLabelFile(file, document.uri);
      // Without a mask, nothing but the image's header can say whether the labels are of its size.
      if (!document.model && !((await requireTrust('import')) && (await fits(labels, document, server)))) return;
      if (!document.importLabels(labels))
        void vscode.window.showInformationMessage(
          vscode.l10n.t('{0} changes nothing: it has no shapes, or only on locked labels.', nameOf(file)),
        );
    } catch (error) {
      throw new Error(vscode.l10n.t('{0} was not imported: {1}', nameOf(file), reasonOf(error)), { cause: error });
    }
  };
  return { importLabels: (named: unknown) => run(named).catch(reportError) };
}

async function ask(document: ImageDocument): Promise<vscode.Uri | undefined> {
  const files = await vscode.window.showOpenDialog({
    defaultUri: vscode.Uri.joinPath(document.uri, '..'),
    title: vscode.l10n.t('Import Labels'),
    filters: { [vscode.l10n.t('LabelMe or COCO')]: ['json'] },
  });
  return files?.[0];
}

/** @throws Error where they do not */
async function fits({ width, height }: ForeignLabels, document: ImageDocument, server: Server): Promise<boolean> {
  const header = await server.header(document.uri.toString());
  if (header.width === width && header.height === height) return true;
  throw new Error(
    vscode.l10n.t(
      'its labels are of {0}×{1} pixels, the image has {2}×{3}',
      width,
      height,
      header.width,
      header.height,
    ),
  );
}
