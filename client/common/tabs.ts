import * as vscode from 'vscode';
import { viewType } from './contributions';

/** Whether the mask editor of an image has unsaved changes, which VS Code shows on its tab. */
export function isDirty(image: vscode.Uri): boolean {
  return vscode.window.tabGroups.all
    .flatMap(group => group.tabs)
    .some(
      ({ input, isDirty }) =>
        isDirty &&
        input instanceof vscode.TabInputCustom &&
        input.viewType === viewType &&
        input.uri.toString() === image.toString(),
    );
}

/** The file of the active editor of any kind. */
export function activeFile(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText ? input.uri : undefined;
}

/** Opens an image in the mask editor, in the active column unless another is given. */
export async function openMaskEditor(image: vscode.Uri, column?: vscode.ViewColumn): Promise<void> {
  await vscode.commands.executeCommand('vscode.openWith', image, viewType, {
    preview: false,
    ...(column !== undefined && { viewColumn: column }),
  });
}
