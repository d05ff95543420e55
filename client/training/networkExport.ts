import path from 'node:path';
import * as vscode from 'vscode';
import { ExportNetworkRequest } from '../../protocol/trainingMessages';
import type { Server } from '../server/server';

/** *Export Network*: writes the network of a training run as an ONNX file with a card, into a folder to choose. */
export async function exportNetwork(server: Server, run: string): Promise<void> {
  const title = vscode.l10n.t('Export Network');
  const picked = await vscode.window.showOpenDialog({
    title,
    openLabel: vscode.l10n.t('Export Here'),
    canSelectFolders: true,
    canSelectFiles: false,
    defaultUri: vscode.Uri.file(path.dirname(run)),
  });
  const destination = picked?.[0]?.fsPath;
  if (destination === undefined) return;
  const request = (replace: boolean) =>
    vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, cancellable: true, title },
      (_, token) => server.request(ExportNetworkRequest, { folder: run, destination, replace }, { token }),
    );
  let result = await request(false);
  if ('existing' in result) {
    if (!(await confirmReplacing(result.existing))) return;
    result = await request(true);
  }
  if ('written' in result) await showWritten(result.written);
}

async function confirmReplacing(existing: readonly string[]): Promise<boolean> {
  const replace = vscode.l10n.t('Replace');
  const choice = await vscode.window.showWarningMessage(
    vscode.l10n.t('The folder has files of these names. Replace them?'),
    { modal: true, detail: existing.join('\n') },
    replace,
  );
  return choice === replace;
}

async function showWritten([model, card]: readonly string[]): Promise<void> {
  if (model === undefined || card === undefined) return;
  const show = vscode.l10n.t('Show Card');
  const choice = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      'Exported {0}, with a card that says how other programs use it: {1}.',
      path.basename(model),
      path.basename(card),
    ),
    show,
  );
  if (choice === show) await vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.file(card));
}
