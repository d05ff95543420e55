import * as vscode from 'vscode';
import { folderOf } from '../common/maskLocations';

/** The folder that a command means: the one named, that of the active image, or one that the user picks. */
export async function chooseFolder(named: unknown): Promise<vscode.Uri | undefined> {
  if (named instanceof vscode.Uri) {
    const { type } = await vscode.workspace.fs.stat(named);
    return (type & vscode.FileType.Directory) !== 0 ? named : folderOf(named);
  }
  const [root, ...others] = vscode.workspace.workspaceFolders ?? [];
  const start = root && others.length === 0 ? root.uri : undefined;
  const title = vscode.l10n.t('Label This Folder');
  const picked = await vscode.window.showOpenDialog({
    title,
    openLabel: title,
    canSelectFiles: false,
    canSelectFolders: true,
    ...(start && { defaultUri: start }),
  });
  return picked?.[0];
}
