import * as vscode from 'vscode';
import { viewType } from './contributions';

/** The tabs of the mask editors of an image. */
function maskTabsOf(image: vscode.Uri): vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(group => group.tabs)
    .filter(
      ({ input }) =>
        input instanceof vscode.TabInputCustom &&
        input.viewType === viewType &&
        input.uri.toString() === image.toString(),
    );
}

/** The tab of the mask editor of an image: one in sight where there are several. */
export function maskTabOf(image: vscode.Uri): vscode.Tab | undefined {
  const tabs = maskTabsOf(image);
  return tabs.find(({ isActive }) => isActive) ?? tabs[0];
}

/** Whether the mask editor of an image has unsaved changes, which VS Code shows on its tab. */
export function isDirty(image: vscode.Uri): boolean {
  return maskTabsOf(image).some(tab => tab.isDirty);
}

/** Milliseconds after which it counts as known that an edit did not reach VS Code. */
const dirtyLimit = 2000;

/** Waits until VS Code shows that the mask of an image has unsaved changes, which it learns a moment after an edit. */
export async function untilDirty(image: vscode.Uri): Promise<void> {
  if (isDirty(image)) return;
  await new Promise<void>(resolve => {
    const done = () => {
      clearTimeout(timer);
      listener.dispose();
      resolve();
    };
    const timer = setTimeout(done, dirtyLimit);
    const listener = vscode.window.tabGroups.onDidChangeTabs(() => {
      if (isDirty(image)) done();
    });
  });
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
