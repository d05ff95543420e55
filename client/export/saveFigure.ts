import * as vscode from 'vscode';
import { reasonOf } from '../../mask/errors';
import { toBackupText } from '../../mask/files/maskFiles';
import { FigureRequest, type FigureParams } from '../../protocol/exportMessages';
import { nameOf } from '../common/maskLocations';
import { showProgress } from '../common/report';
import { imagesOf } from '../common/targets';
import { requireTrust } from '../common/trust';
import { choose } from '../common/questions';
import type { MaskEditors } from '../editor/maskEditorFeature';
import type { Server } from '../server/server';

/** The images with their masks. `failures` are the reasons why others are left out. */
async function imagesWithMasks(
  images: readonly vscode.Uri[],
  editors: MaskEditors,
): Promise<{ rows: FigureParams['images']; failures: string[] }> {
  const rows: FigureParams['images'] = [];
  const failures: string[] = [];
  for (const image of images) {
    try {
      const mask = await editors.maskOf(image);
      if (mask) rows.push({ uri: image.toString(), mask: toBackupText(mask) });
      else failures.push(vscode.l10n.t('{0} has no mask yet: segment it first.', nameOf(image)));
    } catch (error) {
      failures.push(reasonOf(error));
    }
  }
  return { rows, failures };
}

/** Asks whether to segment again by both methods, which needs an adapted network; undefined when the user cancels. */
async function askMethods(image: vscode.Uri): Promise<boolean | undefined> {
  if (vscode.workspace.getConfiguration('labelless', image).get('adaptation.checkpoint', '') === '') return false;
  const masks = { label: vscode.l10n.t('Input | Mask'), description: vscode.l10n.t('the masks that there are') };
  const methods = {
    label: vscode.l10n.t('Input | Method 1 | Method 2'),
    description: vscode.l10n.t('segmented now, by the settings and by the adapted network'),
  };
  const choice = await choose([masks, methods], { title: vscode.l10n.t('Save Figure') });
  return choice && choice === methods;
}

async function askOutput(image: vscode.Uri): Promise<vscode.Uri | undefined> {
  const name = nameOf(image).replace(/\.[^.]*$/, '.figure.png');
  return vscode.window.showSaveDialog({
    title: vscode.l10n.t('Save Figure'),
    defaultUri: vscode.Uri.joinPath(image, '..', name),
    filters: { PNG: ['png'] },
  });
}

/**
 * *Save Figure*: draws pictures beside their masks, or beside the results of both methods, as a PNG with titled
 * columns.
 * @param named the image or folder that a menu names
 * @param destination the PNG, where a caller names it; else the user chooses
 * @returns the path of the figure
 */
export async function saveFigure(
  server: Server,
  editors: MaskEditors,
  named: unknown,
  selection: unknown,
  destination: unknown,
): Promise<string | undefined> {
  const images = await imagesOf(named, selection, vscode.l10n.t('Save Figure'));
  const [first] = images;
  if (!first || !(await requireTrust('figure'))) return undefined;
  const methods = await askMethods(first);
  if (methods === undefined) return undefined;
  const { rows, failures } = methods
    ? { rows: images.map(image => ({ uri: image.toString() })), failures: [] }
    : await imagesWithMasks(images, editors);
  if (rows.length === 0) throw new Error(failures.slice(0, 3).join(' '));
  const output = destination instanceof vscode.Uri ? destination : await askOutput(first);
  if (!output) return undefined;
  const params: FigureParams = { images: rows, output: output.toString(), methods };
  const result = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, cancellable: true, title: vscode.l10n.t('Drawing the figure') },
    (progress, token) => server.request(FigureRequest, params, { token, progress: showProgress(progress) }),
  );
  void showResult(output, [...failures, ...result.failures]);
  return result.written;
}

async function showResult(output: vscode.Uri, failures: readonly string[]): Promise<void> {
  const open = vscode.l10n.t('Open');
  const left = failures.length > 0 ? ` ${vscode.l10n.t('Left out: {0}', failures.slice(0, 3).join(' '))}` : '';
  const show = failures.length > 0 ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  if ((await show(`${vscode.l10n.t('Saved {0}.', nameOf(output))}${left}`, open)) === open)
    await vscode.commands.executeCommand('vscode.open', output);
}
