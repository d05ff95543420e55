import * as vscode from 'vscode';
import { NewExperimentRequest } from '../../protocol/trainingMessages';
import type { CommandHandlers } from '../common/commands';
import { nameOf } from '../common/maskLocations';
import { requireTrust } from '../common/trust';
import { choose } from '../common/questions';
import type { Server } from '../server/server';

/** Activates making experiment files: *New Experiment*. */
export function activateExperiments(commands: CommandHandlers, server: Server): void {
  commands.add('newExperiment', (labelled, photos) => newExperiment(server, labelled, photos));
}

/**
 * *New Experiment*: writes an experiment file for a folder of labelled pictures, and one of photos where the user has
 * some, and opens it.
 * @param labelledFolder where a menu or a caller names it; else the user chooses
 * @param photoFolder where a caller names it; from a menu this is the selection, and the user chooses
 */
async function newExperiment(
  server: Server,
  labelledFolder: unknown,
  photoFolder: unknown,
): Promise<vscode.Uri | undefined> {
  if (!(await requireTrust('experiment'))) return undefined;
  const labelled = await askFolder(labelledFolder, vscode.l10n.t('Folder of Labelled Pictures'));
  const photos = labelled && (await askPhotos(photoFolder));
  if (!photos) return undefined;
  const folder = vscode.workspace.getWorkspaceFolder(labelled)?.uri ?? vscode.Uri.joinPath(labelled, '..');
  const { text, labelled: found } = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Looking at {0}', nameOf(labelled)),
      cancellable: true,
    },
    (_, token) =>
      server.request(
        NewExperimentRequest,
        {
          folder: folder.toString(),
          labelled: labelled.toString(),
          ...(photos !== 'none' && { photos: photos.toString() }),
        },
        { token },
      ),
  );
  const file = await freeName(folder, nameOf(labelled));
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
}

/** Asks for the folder of photos to adapt to, or whether there is none. */
async function askPhotos(named: unknown): Promise<vscode.Uri | 'none' | undefined> {
  if (named instanceof vscode.Uri) return named;
  const others = {
    label: vscode.l10n.t('Photos of Another Kind…'),
    detail: vscode.l10n.t(
      'The network learns from the labelled pictures, and adapts to a folder of unlabelled photos.',
    ),
  };
  const alike = {
    label: vscode.l10n.t('Pictures like the Labelled Ones'),
    detail: vscode.l10n.t('The network learns from the labelled pictures alone. Some are held out to measure on.'),
  };
  const picked = await choose([others, alike], {
    title: vscode.l10n.t('What will the network segment?'),
  });
  if (picked === alike) return 'none';
  return picked && askFolder(undefined, vscode.l10n.t('Folder of Unlabelled Photos'));
}

async function askFolder(named: unknown, title: string): Promise<vscode.Uri | undefined> {
  if (named instanceof vscode.Uri) return named;
  const picked = await vscode.window.showOpenDialog({
    title,
    openLabel: title,
    canSelectFolders: true,
    canSelectFiles: false,
  });
  return picked?.[0];
}

/** The first of `NAME.adapt.json`, `NAME-2.adapt.json`, … that does not exist yet. */
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
