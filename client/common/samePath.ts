import path from 'node:path';
import type * as vscode from 'vscode';

/**
 * Whether a path leads to the file of a URI, in the way of this system: on Windows, VS Code writes the letters of
 * drives small, other programs large.
 */
export function isPathOf(uri: vscode.Uri, file: string): boolean {
  return path.relative(uri.fsPath, file) === '';
}
