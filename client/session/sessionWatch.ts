import * as vscode from 'vscode';
import { candidateLookup, isImageName, isMaskName, nameLookup } from '../../mask/files/fileNames';
import { nameOf, resolveFolder } from '../common/maskLocations';
import { reportError } from '../common/report';
import type { LabellingSession } from './labellingSession';

/** Milliseconds from a change of files until the list reads them: mask and sidecar change together. */
const settleMilliseconds = 300;

/** The number of changed files above which the list is read as a whole, as when a batch has written its masks. */
const manyFiles = 40;

/** Reads images of a session again when they or their masks change on disk, and its list when images come or go. */
export function watchSession(session: LabellingSession): vscode.Disposable {
  const { folder } = session;
  const outputs = resolveFolder(
    vscode.workspace.getConfiguration('labelless.output', folder).get('folder', ''),
    folder,
  );
  const folders = [folder, ...(outputs === undefined ? [] : [vscode.Uri.file(outputs)])];
  const changedNames = new Set<string>();
  let isListOld = false;
  let timer: NodeJS.Timeout | undefined;

  const flush = async () => {
    const names = [...changedNames];
    changedNames.clear();
    if (isListOld || names.length > manyFiles) {
      isListOld = false;
      await session.load();
      return;
    }
    const all = session.images?.map(({ path }) => path) ?? [];
    await session.refresh(imagesOf(names, all));
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      flush().catch(reportError);
    }, settleMilliseconds);
  };
  const changed = (uri: vscode.Uri) => {
    const name = nameOf(uri);
    if (!isImageName(name) && maskOf(name) === undefined) return;
    changedNames.add(name);
    soon();
  };
  const cameOrWent = (uri: vscode.Uri) => {
    if (isImageName(nameOf(uri))) isListOld = true;
    changed(uri);
  };
  const watchers = folders.map(watched => {
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(watched, '*'));
    watcher.onDidChange(changed);
    watcher.onDidCreate(cameOrWent);
    watcher.onDidDelete(cameOrWent);
    return watcher;
  });
  return {
    dispose() {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.dispose();
    },
  };
}

/** The mask that a changed file is, or is the sidecar of; undefined for any other file. */
function maskOf(name: string): string | undefined {
  const mask = name.replace(/\.mask\.json$/i, '.mask.png');
  return isMaskName(mask) ? mask : undefined;
}

/** The images that changed files concern: themselves, or those that a mask among them may be of. */
function imagesOf(names: readonly string[], all: readonly string[]): string[] {
  const ofMask = candidateLookup(all);
  const ofName = nameLookup(all);
  return [
    ...new Set(
      names.flatMap(name => {
        const mask = maskOf(name);
        return mask === undefined ? (ofName(name) ?? []) : ofMask(mask);
      }),
    ),
  ];
}
