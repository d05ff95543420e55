import * as vscode from 'vscode';
import { reportError } from './report';

/**
 * Milliseconds from a change of a file until it is read: some programs replace a file by deleting it and writing it
 * again.
 */
const settleMilliseconds = 300;

/** Calls `action` when a file of a pattern has changed and settled. */
export function onSettled(pattern: vscode.RelativePattern, action: () => Promise<void> | void): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher(pattern);
  let timer: NodeJS.Timeout | undefined;
  const changed = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      void Promise.resolve(action()).catch(reportError);
    }, settleMilliseconds);
  };
  watcher.onDidChange(changed);
  watcher.onDidCreate(changed);
  watcher.onDidDelete(changed);
  return {
    dispose() {
      clearTimeout(timer);
      watcher.dispose();
    },
  };
}
