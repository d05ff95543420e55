import * as vscode from 'vscode';
import { nameOf } from '../common/maskLocations';
import { reportError } from '../common/report';
import { requireTrust } from '../common/trust';
import type { Server } from '../server/server';

/** *New Experiment*: writes an experiment file for a folder of labelled pictures and one of photos, and opens it. */
export function experimentCommands(server: Server) {
  const create = async (labelledFolder: unknown, photoFolder: unknown): Promise<vscode.Uri | undefined> => {
    if (!(await requireTrust('experiment'))) return undefined;
    const labelled = await folderOf(labelledFolder, vscode.l10n.t('Folder of Labelled Pictures'));
    // From a menu the second argument is the selection, not a folder.
    const photos = labelled && (await folderOf(photoFolder, vscode.l10n.t('Folder of Unlabelled Photos')));
    if (!photos) return undefined;
    const place = vscode.workspace.getWorkspaceFolder(labelled)?.uri ?? vscode.Uri.joinPath(labelled, '..');
    const { text, labelled: found } = await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: vscode.l10n.t('Looking at {0}', nameOf(labelled)),
        cancellable: true,
      },
      (_, token) =>
        server.newExperiment(
          { folder: place.toString(), labelled: labelled.toString(), photos: photos.toString() },
          token,
        ),
    );
    const file = await freeName(place, nameOf(labelled));
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
    await vscode.window.showTextDocument(file);
    if (found === 0) {
      void vscode.window.showWarningMessage(
        vscode.l10n.t(
          'No images with labels were found in {0}. Say in the experiment where they lie, and how.',
          nameOf(labelled),
        ),
      );
    }
    return file;
  };
  return { newExperiment: (labelled: unknown, photos: unknown) => create(labelled, photos).catch(reportError) };
}

async function folderOf(named: unknown, title: string): Promise<vscode.Uri | undefined> {
  if (named instanceof vscode.Uri) return named;
  const picked = await vscode.window.showOpenDialog({
    title,
    openLabel: title,
    canSelectFolders: true,
    canSelectFiles: false,
  });
  return picked?.[0];
}

/** `NAME.adapt.json`, or the first of `NAME-2.adapt.json`, … that is not there yet. */
async function freeName(folder: vscode.Uri, name: string): Promise<vscode.Uri> {
  for (let number = 1; ; number++) {
    const file = vscode.Uri.joinPath(folder, `${name}${number === 1 ? '' : `-${number}`}.adapt.json`);
    const taken = await vscode.workspace.fs.stat(file).then(
      () => true,
      () => false,
    );
    if (!taken) return file;
  }
}
