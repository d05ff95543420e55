import path from 'node:path';
import * as vscode from 'vscode';
import type { MaskDocument } from '../../mask/document/maskDocument';
import { toBackupText } from '../../mask/files/maskFiles';
import { ExportRequest, type ExportResult } from '../../protocol/exportMessages';
import type { OutputFormat } from '../../protocol/names';
import { nameOf } from '../common/maskLocations';
import { reportError } from '../common/report';
import { requireTrust } from '../common/trust';
import { chooseSeveral } from '../common/questions';
import type { ImageDocument } from '../editor/imageDocument';
import type { MaskEditors } from '../editor/maskEditorFeature';
import type { Server } from '../server/server';
import { formatItems, generatedNote, isFormat } from './exportFormats';

function settingOf<T>(document: ImageDocument, key: string, fallback: T): T {
  return vscode.workspace.getConfiguration('labelless.output', document.uri).get(key, fallback);
}

/** The formats that the settings name for an image. */
function usualFormats(document: ImageDocument): OutputFormat[] {
  const setting = settingOf<unknown>(document, 'formats', []);
  return Array.isArray(setting) ? setting.filter(isFormat) : [];
}

async function askFormats(document: ImageDocument): Promise<OutputFormat[] | undefined> {
  const usual = usualFormats(document);
  const items = formatItems().map(item => ({ ...item, picked: usual.includes(item.format) }));
  const title = vscode.l10n.t('Export {0}', nameOf(document.uri));
  const chosen = await chooseSeveral(items, {
    title,
    placeHolder: vscode.l10n.t('Formats to write, beside the image or into labelless.output.folder'),
  });
  return chosen && chosen.length > 0 ? chosen.map(({ format }) => format) : undefined;
}

/**
 * *Export*: writes the mask of the active editor as it is shown, saved or not, in other formats.
 * @param named formats, where a keybinding or another extension names them; else the user chooses
 * @returns the files written
 */
export async function exportActiveMask(server: Server, editors: MaskEditors, named: unknown): Promise<string[]> {
  const document = editors.active();
  if (!document) return [];
  return exportMask(server, editors, document, () =>
    Array.isArray(named) ? named.filter(isFormat) : askFormats(document),
  );
}

/** Exports a mask that was just saved, if the settings ask for it. Errors are shown to the user. */
export async function exportOnSave(server: Server, editors: MaskEditors, document: ImageDocument): Promise<void> {
  if (!vscode.workspace.isTrusted || !settingOf(document, 'exportOnSave', false) || !document.model) return;
  const formats = usualFormats(document).filter(format => format !== 'mask');
  if (formats.length > 0 && document.model.view().labels.length > 0)
    await exportMask(server, editors, document, () => formats).catch(reportError);
}

async function exportMask(
  server: Server,
  editors: MaskEditors,
  document: ImageDocument,
  choose: () => OutputFormat[] | Promise<OutputFormat[] | undefined>,
): Promise<string[]> {
  if (!document.model)
    throw new Error(
      vscode.l10n.t('There is nothing to export: {0} has no mask yet. Segment it first.', nameOf(document.uri)),
    );
  if (document.model.view().labels.length === 0)
    throw new Error(vscode.l10n.t('There is nothing to export: the mask of {0} has no labels.', nameOf(document.uri)));
  const formats = await choose();
  if (!formats || formats.length === 0 || !(await requireTrust('export'))) return [];
  const result = await writeFormats(server, editors, document, document.model, formats);
  for (const note of [...result.lost, ...generatedNote(result.generated, Infinity)])
    server.log.info(`${document.uri.fsPath}: ${note}`);
  void showResult(result);
  return result.written;
}

/**
 * Writes a mask in some formats. The mask itself is the document, which VS Code saves; the server writes the others.
 */
async function writeFormats(
  server: Server,
  editors: MaskEditors,
  document: ImageDocument,
  model: MaskDocument,
  formats: readonly OutputFormat[],
): Promise<ExportResult> {
  const others = formats.filter(format => format !== 'mask');
  const saved = others.length < formats.length ? [document.location.mask.fsPath] : [];
  if (saved.length > 0) await editors.provider.save(document);
  if (others.length === 0) return { written: saved, lost: [], generated: [] };
  const mask = toBackupText(model);
  const result = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Exporting {0}', nameOf(document.uri)) },
    () => server.request(ExportRequest, { uri: document.uri.toString(), mask, formats: others }),
  );
  return { ...result, written: [...saved, ...result.written] };
}

async function showResult({ written, lost, generated }: ExportResult): Promise<void> {
  const [first] = written;
  const reveal = vscode.l10n.t('Show in Explorer');
  const names = written.map(file => path.basename(file)).join(', ');
  const text =
    lost.length > 0
      ? vscode.l10n.t('Exported {0}. Not everything fits: {1}.', names, lost.join('; '))
      : vscode.l10n.t('Exported {0}.', names);
  const choice = await vscode.window.showInformationMessage([text, ...generatedNote(generated)].join(' '), reveal);
  if (choice === reveal && first !== undefined)
    await vscode.commands.executeCommand('revealInExplorer', vscode.Uri.file(first));
}
