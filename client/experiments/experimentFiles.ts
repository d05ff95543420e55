import * as vscode from 'vscode';
import { experimentLanguage } from '../common/contributions';

/**
 * Calls `start` when an experiment file is open: its language support is the server's. Without trust in the workspace
 * nothing is started: the server reads the folders that such a file names.
 */
export function startForExperiments(context: vscode.ExtensionContext, start: () => void): void {
  const look = () => {
    if (
      vscode.workspace.isTrusted &&
      vscode.workspace.textDocuments.some(({ languageId }) => languageId === experimentLanguage)
    )
      start();
  };
  context.subscriptions.push(
    vscode.workspace.onDidOpenTextDocument(look),
    vscode.workspace.onDidGrantWorkspaceTrust(look),
  );
  look();
}
