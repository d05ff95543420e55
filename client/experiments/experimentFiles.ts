import * as vscode from 'vscode';
import { classFileName } from '../../mask/classes/classFileName';
import { experimentLanguage } from '../common/contributions';
import { choose } from '../common/questions';

/**
 * Calls `start` when an experiment or class file is open, since the server provides its language support. In an
 * untrusted workspace nothing is started: the server reads the folders that such a file names.
 */
export function startForExperiments(context: vscode.ExtensionContext, start: () => void): void {
  const startIfOpen = () => {
    if (
      vscode.workspace.isTrusted &&
      vscode.workspace.textDocuments.some(
        ({ languageId, uri }) => languageId === experimentLanguage || uri.path.endsWith(`/${classFileName}`),
      )
    )
      start();
  };
  context.subscriptions.push(
    vscode.workspace.onDidOpenTextDocument(startIfOpen),
    vscode.workspace.onDidGrantWorkspaceTrust(startIfOpen),
  );
  startIfOpen();
}

/**
 * The experiment file of the active editor, else a file of the workspace that the user picks.
 * @throws Error when there is none
 */
export async function pickExperiment(): Promise<vscode.Uri | undefined> {
  const active = vscode.window.activeTextEditor?.document;
  if (active?.languageId === experimentLanguage) return active.uri;
  const files = await vscode.workspace.findFiles('**/*.adapt.json', undefined, 1000);
  if (files.length === 0)
    throw new Error(
      vscode.l10n.t(
        'There is no experiment file (NAME.adapt.json) in this workspace. Make one with Labelless: New Experiment.',
      ),
    );
  if (files.length === 1) return files[0];
  const items = files.map(uri => ({ uri, label: vscode.workspace.asRelativePath(uri) }));
  return (await choose(items, { title: vscode.l10n.t('Experiments') }))?.uri;
}
