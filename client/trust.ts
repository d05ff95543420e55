import * as vscode from 'vscode';

/** Whether segmenting is allowed; where it is not, tells the user what it needs. */
export async function requireTrust(): Promise<boolean> {
  if (vscode.workspace.isTrusted) return true;
  const manage = vscode.l10n.t('Manage Workspace Trust');
  const choice = await vscode.window.showWarningMessage(
    vscode.l10n.t('Segmenting runs a program on the files and settings of this workspace, and needs your trust in it. Existing masks can be viewed without.'), manage);
  if (choice === manage) await vscode.commands.executeCommand('workbench.trust.manage');
  return vscode.workspace.isTrusted;
}
