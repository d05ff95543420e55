import * as vscode from 'vscode';
import type { ClassFiles } from '../common/classFiles';
import { folderOf, nameOf } from '../common/maskLocations';
import { hashOnDisk } from '../common/maskStorage';
import { onSettled } from '../common/settled';
import { isDirty, openMaskEditor } from '../common/tabs';
import type { DocumentStorage } from './documentStorage';
import type { ImageDocument } from './imageDocument';

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

/** Has a document take the class file of its image's folder, now and whenever that is another or changes. */
export async function followClassFile(document: ImageDocument, classFiles: ClassFiles): Promise<void> {
  let closed = false;
  document.onDispose(() => {
    closed = true;
  });
  const following = await classFiles.follow(folderOf(document.uri), file => {
    if (!closed) document.setClassFile(file);
  });
  if (closed) following.dispose();
  else
    document.onDispose(() => {
      following.dispose();
    });
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
