import * as vscode from 'vscode';
import { folderOf, nameOf } from '../common/maskLocations';
import { hashOnDisk } from '../common/maskStorage';
import { reportError } from '../common/report';
import { isDirty, openMaskEditor } from '../common/tabs';
import type { DocumentStorage } from './documentStorage';
import type { ImageDocument } from './imageDocument';

/**
 * Milliseconds from a change of a file until it is read: some programs replace a file by deleting it and writing it
 * again.
 */
const settleMilliseconds = 300;

/** Reads a mask again that another program changed, after asking the user if unsaved changes would be lost. */
async function maskChanged(document: ImageDocument, storage: DocumentStorage): Promise<void> {
  const before = document.diskHash;
  const hash = await hashOnDisk(document.location);
  if (hash === before || hash === undefined) return; // written by this editor, or deleted: saving makes it again
  if (!isDirty(document.uri)) return storage.read(document);
  document.diskHash = hash; // asked once for each change
  const reload = vscode.l10n.t('Reload');
  const name = nameOf(document.location.mask);
  const choice = await vscode.window.showWarningMessage(
    vscode.l10n.t('{0} was changed by another program, and has unsaved changes here.', name),
    reload,
    vscode.l10n.t('Keep Mine'),
  );
  if (choice !== reload) return;
  await openMaskEditor(document.uri);
  // VS Code's own, so that it knows the document is clean
  await vscode.commands.executeCommand('workbench.action.files.revert');
}

/** Calls `action` when a file has changed and settled. */
function onSettled(file: vscode.Uri, action: () => Promise<void> | void): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher(
    new vscode.RelativePattern(folderOf(file), nameOf(file).replace(/[[\]{}*?]/g, '?')),
  );
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

/**
 * Updates a document when its files change: a mask that another program changed is read again, or the user is asked,
 * and a changed image is shown again.
 */
export function watchFiles(document: ImageDocument, storage: DocumentStorage): void {
  const watchMask = () => onSettled(document.location.mask, () => maskChanged(document, storage));
  let mask = watchMask();
  const image = onSettled(document.uri, () => {
    document.pictureChanged();
  });
  document.onMove(() => {
    mask.dispose();
    mask = watchMask();
  });
  document.onDispose(() => {
    mask.dispose();
    image.dispose();
  });
}
