import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';

/**
 * The absolute folder that a setting names for an image: `~` is the home folder, a relative path starts at
 * the image's workspace folder, or beside the image where it belongs to none. Undefined when the setting is empty.
 */
export function resolveFolder(setting: string, image: vscode.Uri): string | undefined {
  const given = setting.trim();
  if (given === '') return undefined;
  if (given === '~' || /^~[\\/]/.test(given)) return path.join(os.homedir(), given.slice(1));
  const base = vscode.workspace.getWorkspaceFolder(image)?.uri.fsPath ?? path.dirname(image.fsPath);
  return path.resolve(base, given);
}

/** The output folder in force for an image, or undefined for beside the image. */
export function outputFolder(image: vscode.Uri): string | undefined {
  return resolveFolder(vscode.workspace.getConfiguration('labelless.output', image).get('folder', ''), image);
}
