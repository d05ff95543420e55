import * as vscode from 'vscode';
import { reasonOf } from '../../mask/errors';
import { HeaderRequest } from '../../protocol/imageMessages';
import { nameOf } from '../common/maskLocations';
import { requireTrust } from '../common/trust';
import type { ImageDocument } from '../editor/imageDocument';
import { readLabelFile } from '../editor/imageSettings';
import type { MaskEditors } from '../editor/maskEditorFeature';
import type { Server } from '../server/server';
import type { CommandHandlers } from '../common/commands';
import { exportActiveMask, exportOnSave } from './exportMask';
import { exportMasks } from './exportSelection';
import { saveFigure } from './saveFigure';

/**
 * *Import Labels*: takes labels from a file of LabelMe or COCO, as an edit of the mask in the active editor.
 * @param named a JSON file, where another extension or a keybinding names it; VS Code's menus name the image
 */
async function importLabels(server: Server, editors: MaskEditors, named: unknown): Promise<void> {
  const document = editors.active();
  if (!document) return;
  const file = named instanceof vscode.Uri && /\.json$/i.test(named.path) ? named : await askFile(document);
  if (!file) return;
  try {
    // Without a mask, nothing but the image's header can say whether the labels are of its size.
    if (!document.model && !(await requireTrust('import'))) return;
    const size = document.model ?? (await server.request(HeaderRequest, { uri: document.uri.toString() }));
    const labels = await readLabelFile(file, document.uri, size);
    if (!document.importLabels(labels))
      void vscode.window.showInformationMessage(
        vscode.l10n.t('{0} changes nothing: it has no shapes, or only on locked labels.', nameOf(file)),
      );
  } catch (error) {
    throw new Error(vscode.l10n.t('{0} was not imported: {1}', nameOf(file), reasonOf(error)), { cause: error });
  }
}

async function askFile(document: ImageDocument): Promise<vscode.Uri | undefined> {
  const files = await vscode.window.showOpenDialog({
    defaultUri: vscode.Uri.joinPath(document.uri, '..'),
    title: vscode.l10n.t('Import Labels'),
    filters: { [vscode.l10n.t('LabelMe or COCO')]: ['json'] },
  });
  return files?.[0];
}

/**
 * Activates the exchange with other programs: *Export*, *Export Masks*, *Save Figure*, *Import Labels*, and exports on
 * saving.
 */
export function activateExport(commands: CommandHandlers, server: Server, editors: MaskEditors): void {
  commands.add('export', formats => exportActiveMask(server, editors, formats));
  commands.add('exportMasks', (named, selection, destination) =>
    exportMasks(server, editors, named, selection, destination),
  );
  commands.add('saveFigure', (named, selection, destination) =>
    saveFigure(server, editors, named, selection, destination),
  );
  commands.add('importLabels', named => importLabels(server, editors, named));
  editors.provider.onDidSave(document => {
    void exportOnSave(server, editors, document);
  });
}
