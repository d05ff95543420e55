import { watch } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';

/** Milliseconds without a change after which a build is taken to be complete: it writes many files. */
const quiet = 500;

/**
 * Reloads the window of an extension under development once a build has changed its bundles, as `npm run watch` does
 * when a file of the code is saved. Open mask editors come back with their unsaved edits.
 */
export function reloadOnBuild(context: vscode.ExtensionContext): void {
  if (context.extensionMode !== vscode.ExtensionMode.Development) return;
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(path.join(context.extensionPath, 'dist'), { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(() => void vscode.commands.executeCommand('workbench.action.reloadWindow'), quiet);
  });
  context.subscriptions.push({
    dispose: () => {
      clearTimeout(timer);
      watcher.close();
    },
  });
}
