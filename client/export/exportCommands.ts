import * as vscode from 'vscode';
import { reasonOf } from '../../mask/errors';
import { untouched } from '../../mask/formats/foreignLabels';
import { nameOf } from '../common/maskLocations';
import { requireTrust } from '../common/trust';
import type { ImageDocument } from '../editor/imageDocument';
import { readLabelFile, type ImportedLabels } from '../editor/labelFiles';
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
  if (!file || !(await requireTrust('import'))) return;
  try {
    const labels = await readLabelFile(server, file, document.uri);
    if (editors.documentOf(document.uri) !== document) return; // closed meanwhile
    tellImport(nameOf(file), labels, document.importLabels(labels));
  } catch (error) {
    if (error instanceof vscode.CancellationError) throw error;
    throw new Error(vscode.l10n.t('{0} was not imported: {1}', nameOf(file), reasonOf(error)), { cause: error });
  }
}

/** Tells the user of an import that changed nothing, or not all. */
function tellImport(name: string, { regions, labels, remark }: ImportedLabels, changed: boolean): void {
  const isEmpty = labels.length === 0 && regions.ids.every(value => value === untouched);
  const result = changed
    ? vscode.l10n.t('{0} was imported in part.', name)
    : isEmpty
      ? vscode.l10n.t('{0} has no shapes that can be imported for this image.', name)
      : vscode.l10n.t('{0} changes nothing: its shapes cover no pixels, or only those of locked labels.', name);
  if (remark !== '') void vscode.window.showWarningMessage(`${result} ${remark}`);
  else if (!changed) void vscode.window.showInformationMessage(result);
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
