import * as vscode from 'vscode';
import { reasonOf } from '../../mask/errors';
import { ExportSetRequest, type ExportSetParams, type ExportSetResult } from '../../protocol/exportMessages';
import type { OutputFormat } from '../../protocol/names';
import { nameOf } from '../common/maskLocations';
import { showProgress } from '../common/report';
import { isDirty } from '../common/tabs';
import { imagesOf } from '../common/targets';
import { requireTrust } from '../common/trust';
import { choose } from '../common/questions';
import type { MaskEditors } from '../editor/maskEditorFeature';
import type { Server } from '../server/server';
import { formatItems, generatedNote, isFormat } from './exportFormats';

/** The format and the folder of an export. */
interface Destination {
  format: OutputFormat;
  folder: vscode.Uri;
}

/** The images with a saved mask. `failures` are the reasons why others are left out, `notes` remarks about masks. */
async function savedMasks(images: readonly vscode.Uri[], editors: MaskEditors) {
  const masks: ExportSetParams['images'] = [];
  const [failures, notes]: [string[], string[]] = [[], []];
  for (const image of images) {
    try {
      const { mask } = await editors.locationOf(image);
      const saved = await vscode.workspace.fs.stat(mask).then(
        () => true,
        () => false,
      );
      if (saved) masks.push({ uri: image.toString(), mask: mask.toString() });
      else failures.push(vscode.l10n.t('{0} has no saved mask.', nameOf(image)));
      if (saved && isDirty(image))
        notes.push(vscode.l10n.t('{0} has unsaved changes: its mask is exported as it was last saved.', nameOf(image)));
    } catch (error) {
      failures.push(reasonOf(error));
    }
  }
  return { masks, failures, notes };
}

async function askDestination(count: number, image: vscode.Uri): Promise<Destination | undefined> {
  const title = count === 1 ? vscode.l10n.t('Export 1 Mask') : vscode.l10n.t('Export {0} Masks', count);
  const chosen = await choose(formatItems(), {
    title,
    placeHolder: vscode.l10n.t('Format to write; Pascal VOC, YOLO and COCO become one data set'),
  });
  if (!chosen) return undefined;
  const defaultUri = vscode.workspace.getWorkspaceFolder(image)?.uri ?? vscode.Uri.joinPath(image, '..');
  const folders = await vscode.window.showOpenDialog({
    title,
    openLabel: vscode.l10n.t('Export Here'),
    canSelectFolders: true,
    canSelectFiles: false,
    defaultUri,
  });
  return folders?.[0] && { format: chosen.format, folder: folders[0] };
}

function destinationOf(named: unknown): Destination | undefined {
  if (typeof named !== 'object' || named === null || !('format' in named) || !('folder' in named)) return undefined;
  const { format, folder } = named;
  return isFormat(format) && folder instanceof vscode.Uri ? { format, folder } : undefined;
}

/**
 * *Export Masks*: writes the saved masks of a selection or of folders in one format, into one folder.
 * @param named the image or folder that a menu names
 * @param destination format and folder, where a caller names them; else the user chooses
 */
export async function exportMasks(
  server: Server,
  editors: MaskEditors,
  named: unknown,
  selection: unknown,
  destination: unknown,
): Promise<ExportSetResult | undefined> {
  const images = await imagesOf(named, selection, vscode.l10n.t('Export Masks'));
  const [first] = images;
  if (!first || !(await requireTrust('export'))) return undefined;
  const { masks, failures, notes } = await savedMasks(images, editors);
  if (masks.length === 0)
    throw new Error(
      vscode.l10n.t(
        'There is nothing to export: {0} Segment, and save the masks, first.',
        failures.slice(0, 3).join(' '),
      ),
    );
  const given = destinationOf(destination);
  const chosen = given ?? (await askDestination(masks.length, first));
  if (!chosen) return undefined;
  const exported = await exportReplacing(
    { images: masks, format: chosen.format, folder: chosen.folder.toString(), replace: given !== undefined },
    server,
  );
  if (!exported) return undefined;
  const result = {
    ...exported,
    failures: [...failures, ...exported.failures],
    notes: [...notes, ...exported.notes],
  };
  for (const line of [...result.failures, ...result.notes, ...generatedNote(result.generated, Infinity)])
    server.log.info(line);
  void showResult(result, images.length, chosen);
  return result;
}

/**
 * Exports masks, after asking the user if files of an earlier export would be replaced; undefined when the user keeps
 * them.
 */
async function exportReplacing(params: ExportSetParams, server: Server): Promise<ExportSetResult | undefined> {
  const title = vscode.l10n.t('Exporting masks');
  const result = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, cancellable: true, title },
    (progress, token) => server.request(ExportSetRequest, params, { token, progress: showProgress(progress) }),
  );
  const { existing } = result;
  const [first] = existing;
  if (first === undefined) return result;
  const replace = vscode.l10n.t('Replace');
  const name = nameOf(vscode.Uri.file(first));
  const question =
    existing.length === 1
      ? vscode.l10n.t('{0} is there already, from an earlier export. Replace it?', name)
      : vscode.l10n.t(
          '{0} and {1} more are there already, from earlier exports. Replace them?',
          name,
          existing.length - 1,
        );
  const detail = vscode.l10n.t(
    'What is there may be of other images with the same names. To keep both, export into another folder.',
  );
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, replace)) === replace
    ? exportReplacing({ ...params, replace: true }, server)
    : undefined;
}

/** The message about an export that has ended: what was left out and why, with the first reasons in full. */
function summaryOf(
  { exported, failures, notes, generated, cancelled }: ExportSetResult,
  images: number,
  { folder }: Destination,
): string {
  const shown = failures.slice(0, 3);
  const [note] = notes;
  return [
    vscode.l10n.t('Exported {0} of {1} masks into {2}.', exported, images, nameOf(folder)),
    ...(cancelled ? [vscode.l10n.t('Cancelled before the rest.')] : []),
    ...(failures.length > 0 ? [vscode.l10n.t('Left out: {0}', shown.join(' '))] : []),
    ...(failures.length > shown.length
      ? [vscode.l10n.t('And {0} more, which the log names.', failures.length - shown.length)]
      : []),
    ...generatedNote(generated),
    ...(generated.length > 0 && images > 1 ? [vscode.l10n.t('Such a name means another thing in each image.')] : []),
    ...(note !== undefined
      ? [vscode.l10n.t('Of what was exported the log has {0} notes, the first: {1}', notes.length, note)]
      : []),
  ].join(' ');
}

async function showResult(result: ExportSetResult, images: number, destination: Destination): Promise<void> {
  const [first] = result.written;
  const [reveal, log] = [vscode.l10n.t('Show in Explorer'), vscode.l10n.t('Show Log')];
  const show =
    result.failures.length > 0 || result.cancelled
      ? vscode.window.showWarningMessage
      : vscode.window.showInformationMessage;
  const buttons = [
    ...(first !== undefined ? [reveal] : []),
    ...(result.failures.length + result.notes.length > 0 ? [log] : []),
  ];
  const choice = await show(summaryOf(result, images, destination), ...buttons);
  if (choice === reveal && first !== undefined)
    await vscode.commands.executeCommand('revealInExplorer', vscode.Uri.file(first));
  if (choice === log) await vscode.commands.executeCommand('labelless.showLog');
}
