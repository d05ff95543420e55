import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { ExportSetParams, ExportSetResult } from '../../protocol/server';
import type { OutputFormat } from '../../protocol/settings';
import { nameOf } from '../common/maskLocations';
import { reasonOf, reportError, showProgress } from '../common/report';
import { isDirty } from '../common/tabs';
import { imagesOf } from '../common/targets';
import { requireTrust } from '../common/trust';
import type { MaskEditors } from '../editor/maskEditor';
import type { Server } from '../server/server';
import { formatItems, generatedNote, isFormat } from './exportFormats';

/** What an export was asked to do, by a user or by a caller that names it. */
interface Destination {
  format: OutputFormat;
  folder: vscode.Uri;
}

/** The images with a saved mask; why others are left out, and what is to know of those that are not, a line each. */
async function savedMasks(images: readonly vscode.Uri[], editors: MaskEditors) {
  const masks: ExportSetParams['images'] = [];
  const [failures, notes]: [string[], string[]] = [[], []];
  for (const image of images) {
    try {
      const { mask } = await editors.placeOf(image);
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
  const chosen = await vscode.window.showQuickPick(formatItems(), {
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

/** *Export Masks*: the saved masks of a selection or of folders, in one format, into one folder. */
export function exportMasksCommand(server: Server, editors: MaskEditors) {
  /** @param destination where a caller names it */
  const run = async (
    image: unknown,
    selection: unknown,
    destination: unknown,
  ): Promise<ExportSetResult | undefined> => {
    const images = await imagesOf(image, selection, vscode.l10n.t('Export Masks'));
    if (images.length === 0 || !(await requireTrust('export'))) return undefined;
    const { masks, failures, notes } = await savedMasks(images, editors);
    if (masks.length === 0)
      throw new Error(
        vscode.l10n.t(
          'There is nothing to export: {0} Segment, and save the masks, first.',
          failures.slice(0, 3).join(' '),
        ),
      );
    const named = destinationOf(destination);
    const where = named ?? (await askDestination(masks.length, images[0]));
    if (!where) return undefined;
    const answer = await exportOver(
      { images: masks, format: where.format, folder: where.folder.toString(), replace: named !== undefined },
      server,
    );
    if (!answer) return undefined;
    const result = { ...answer, failures: [...failures, ...answer.failures], notes: [...notes, ...answer.notes] };
    for (const line of [...result.failures, ...result.notes, ...generatedNote(result.generated, Infinity)])
      server.log.info(line);
    void tell(result, images.length, where);
    return result;
  };
  return {
    exportMasks: (image: unknown, selection: unknown, destination: unknown) =>
      run(image, selection, destination).catch(reportError),
  };
}

/** Exports; where that would replace files and is not to, once the user wants it. */
async function exportOver(params: ExportSetParams, server: Server): Promise<ExportSetResult | undefined> {
  const title = vscode.l10n.t('Exporting masks');
  const answer = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, cancellable: true, title },
    (progress, token) => server.exportSet({ ...params, workDoneToken: randomUUID() }, token, showProgress(progress)),
  );
  const { existing } = answer;
  if (existing.length === 0) return answer;
  const replace = vscode.l10n.t('Replace');
  const first = nameOf(vscode.Uri.file(existing[0]));
  const question =
    existing.length === 1
      ? vscode.l10n.t('{0} is there already, from an earlier export. Replace it?', first)
      : vscode.l10n.t(
          '{0} and {1} more are there already, from earlier exports. Replace them?',
          first,
          existing.length - 1,
        );
  const detail = vscode.l10n.t(
    'What is there may be of other images with the same names. To keep both, export into another folder.',
  );
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, replace)) === replace
    ? exportOver({ ...params, replace: true }, server)
    : undefined;
}

/** The one message that tells how it went: what was left out and why, with the first in full. */
function summaryOf(
  { exported, failures, notes, generated, cancelled }: ExportSetResult,
  images: number,
  { folder }: Destination,
): string {
  const shown = failures.slice(0, 3);
  return [
    vscode.l10n.t('Exported {0} of {1} masks into {2}.', exported, images, nameOf(folder)),
    ...(cancelled ? [vscode.l10n.t('Cancelled before the rest.')] : []),
    ...(failures.length > 0 ? [vscode.l10n.t('Left out: {0}', shown.join(' '))] : []),
    ...(failures.length > shown.length
      ? [vscode.l10n.t('And {0} more, which the log names.', failures.length - shown.length)]
      : []),
    ...generatedNote(generated),
    ...(generated.length > 0 && images > 1 ? [vscode.l10n.t('Such a name means another thing in each image.')] : []),
    ...(notes.length > 0
      ? [vscode.l10n.t('Of what was exported the log has {0} notes, the first: {1}', notes.length, notes[0])]
      : []),
  ].join(' ');
}

async function tell(result: ExportSetResult, images: number, where: Destination): Promise<void> {
  const [reveal, log] = [vscode.l10n.t('Show in Explorer'), vscode.l10n.t('Show Log')];
  const show =
    result.failures.length > 0 || result.cancelled
      ? vscode.window.showWarningMessage
      : vscode.window.showInformationMessage;
  const buttons = [
    ...(result.written.length > 0 ? [reveal] : []),
    ...(result.failures.length + result.notes.length > 0 ? [log] : []),
  ];
  const choice = await show(summaryOf(result, images, where), ...buttons);
  if (choice === reveal) await vscode.commands.executeCommand('revealInExplorer', vscode.Uri.file(result.written[0]));
  if (choice === log) await vscode.commands.executeCommand('labelless.showLog');
}
