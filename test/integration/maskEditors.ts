import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { until } from '../support/until';
import * as vscode from 'vscode';
import { viewType } from '../../client/common/contributions';
import type { ImageDocument } from '../../client/editor/imageDocument';
import type { TestApi } from '../../client/extension';
import type { Features } from '../../client/features';
import { decodeMaskPng } from '../../mask/files/indexedPng';
import { picturePng } from '../support/workspace';

export async function api(): Promise<Features> {
  const extension = vscode.extensions.getExtension<TestApi>('labelless.labelless');
  assert.ok(extension, 'the extension is there');
  return (await extension.activate()).features();
}

export function workspaceFolder(): string {
  return vscode.workspace.workspaceFolders![0].uri.fsPath;
}

/** Makes a new picture in the workspace that no other test uses. */
export function makePicture(name: string, width = 120, height = 90, seed = 5): vscode.Uri {
  const file = path.join(workspaceFolder(), name);
  writeFileSync(file, picturePng(width, height, seed));
  return vscode.Uri.file(file);
}

export function siblingOf(image: vscode.Uri, name: string): vscode.Uri {
  return vscode.Uri.joinPath(image, '..', name);
}

export function maskOf(image: vscode.Uri): vscode.Uri {
  return vscode.Uri.file(image.fsPath.replace(/\.\w+$/, '.mask.png'));
}

export function exists(uri: vscode.Uri): boolean {
  return existsSync(uri.fsPath);
}

/** The label map of a mask file. */
export function labelsOn(mask: vscode.Uri): Uint16Array {
  return decodeMaskPng(new Uint8Array(readFileSync(mask.fsPath))).labels;
}

/** Turns off automatic saving: in a browser VS Code saves a second after a change by default. */
export async function keepUnsaved(): Promise<void> {
  await vscode.workspace.getConfiguration('files').update('autoSave', 'off', vscode.ConfigurationTarget.Workspace);
}

/** Edits as the page does, and lets VS Code handle the change. */
export async function edit(document: ImageDocument, request: unknown): Promise<void> {
  document.request(request);
  await editHandled();
}

/** Resolves after a while in which VS Code handles an edit, since VS Code gives no sign of it. */
export async function editHandled(): Promise<void> {
  await new Promise(resolve => setTimeout(resolve, 200));
}

/** The image's open document. */
export async function documentOf(image: vscode.Uri): Promise<ImageDocument> {
  const { editors } = await api();
  await until(`an editor on ${image.path}`, () => editors.documentOf(image) !== undefined);
  return editors.documentOf(image)!;
}

export async function open(image: vscode.Uri): Promise<ImageDocument> {
  await vscode.commands.executeCommand('vscode.openWith', image, viewType);
  return documentOf(image);
}

/** Runs the command as the Explorer's menu does. Resolves when the segmentation has ended. */
export async function segment(image: vscode.Uri): Promise<ImageDocument> {
  await vscode.commands.executeCommand('labelless.segment', image);
  return documentOf(image);
}

export function tabsOf(image: vscode.Uri): vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(group => group.tabs)
    .filter(({ input }) => input instanceof vscode.TabInputCustom && input.uri.toString() === image.toString());
}

export async function untilDirty(image: vscode.Uri, dirty: boolean): Promise<void> {
  await until(
    `${image.path} ${dirty ? 'dirty' : 'clean'}`,
    () => tabsOf(image).length > 0 && tabsOf(image).every(tab => tab.isDirty === dirty),
  );
}

export async function save(image: vscode.Uri): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.files.save');
  await untilDirty(image, false);
}

/** Closes every editor and discards unsaved changes. */
export async function closeAll(): Promise<void> {
  for (const { input } of vscode.window.tabGroups.all.flatMap(group => group.tabs).filter(tab => tab.isDirty)) {
    if (!(input instanceof vscode.TabInputCustom)) continue;
    await vscode.commands.executeCommand('vscode.openWith', input.uri, viewType);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}
