import * as vscode from 'vscode';
import { folderOf, nameOf } from '../common/maskLocations';
import { hashOnDisk } from '../common/maskStorage';
import { reportError } from '../common/report';
import { isDirty, openMaskEditor } from '../common/tabs';
import { classFileOf, classFilePatterns } from './classFiles';
import type { DocumentStorage } from './documentStorage';
import type { ImageDocument } from './imageDocument';

/**
 * Milliseconds from a change of a file until it is read: some programs replace a file by deleting it and writing it
 * again.
 */
const settleMilliseconds = 300;

/**
 * Reads a mask again that another program changed.
 * @returns the hash of what is on disk, where reading it would lose unsaved changes
 */
async function readChanged(document: ImageDocument, storage: DocumentStorage): Promise<string | undefined> {
  const before = document.diskHash;
  const hash = await hashOnDisk(document.location);
  if (hash === before || hash === undefined) return undefined; // written here, or deleted: saving makes it again
  if (isDirty(document.uri)) return hash;
  await storage.read(document, true);
  return undefined;
}

/** Asks the user whether a changed mask replaces unsaved changes. Until it is answered, saving asks as well. */
async function askToReload(document: ImageDocument, hash: string): Promise<void> {
  const [reload, keep] = [vscode.l10n.t('Reload'), vscode.l10n.t('Keep Mine')];
  const name = nameOf(document.location.mask);
  const choice = await vscode.window.showWarningMessage(
    vscode.l10n.t('{0} was changed by another program, and has unsaved changes here.', name),
    reload,
    keep,
  );
  if (choice === keep) document.diskHash = hash;
  if (choice !== reload) return;
  await openMaskEditor(document.uri);
  // VS Code's own, so that it knows the document is clean
  await vscode.commands.executeCommand('workbench.action.files.revert');
}

/** The pattern of a single file. */
function patternOf(file: vscode.Uri): vscode.RelativePattern {
  return new vscode.RelativePattern(folderOf(file), nameOf(file).replace(/[[\]{}*?]/g, '?'));
}

/** Calls `action` when a file of a pattern has changed and settled. */
function onSettled(pattern: vscode.RelativePattern, action: () => Promise<void> | void): vscode.Disposable {
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

/** Reads the class file of a document's image, and again whenever it changes, comes or goes. */
export async function followClassFile(document: ImageDocument): Promise<void> {
  let watchers: vscode.Disposable[] = [];
  let closed = false;
  const stop = () => {
    for (const watcher of watchers) watcher.dispose();
  };
  const read = async () => {
    const file = await classFileOf(document.uri);
    if (closed) return;
    const moved = file?.file !== document.classes.file?.file || watchers.length === 0;
    document.setClassFile(file);
    if (!moved) return;
    stop();
    watchers = classFilePatterns(document.uri, file).map(pattern => onSettled(pattern, read));
  };
  document.onDispose(() => {
    closed = true;
    stop();
  });
  await read();
}

/**
 * Updates a document when its files change: a mask that another program changed is read again, or the user is asked,
 * and a changed image is shown again.
 */
export function watchFiles(document: ImageDocument, storage: DocumentStorage): void {
  const asked = new Set<string>();
  let last: Promise<unknown> = Promise.resolve();
  const changed = async () => {
    const reading = last.then(() => readChanged(document, storage));
    last = reading.catch(() => undefined);
    const hash = await reading;
    if (hash === undefined || asked.has(hash)) return;
    asked.add(hash); // once for each change
    await askToReload(document, hash);
  };
  const watchMask = () => {
    const { mask, sidecar } = document.location;
    return vscode.Disposable.from(...[mask, sidecar].map(file => onSettled(patternOf(file), changed)));
  };
  let mask = watchMask();
  const image = onSettled(patternOf(document.uri), () => {
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
