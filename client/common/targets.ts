import * as vscode from 'vscode';
import { imageExtensions, isImageName } from '../../mask/files/fileNames';
import { nameOf } from './maskLocations';
import { activeFile } from './tabs';

/** What a command is to segment: one image in its editor, or files and folders as a batch. */
export type Targets = { kind: 'image'; image: vscode.Uri } | { kind: 'batch'; uris: vscode.Uri[] };

async function isFolder(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    ({ type }) => (type & vscode.FileType.Directory) !== 0,
    () => false,
  );
}

async function ask(title: string): Promise<vscode.Uri[]> {
  return (
    (await vscode.window.showOpenDialog({
      title,
      openLabel: title,
      canSelectMany: true,
      filters: { [vscode.l10n.t('Images')]: [...imageExtensions] },
    })) ?? []
  );
}

/**
 * What a menu, a key or another extension means: the selection in the Explorer, else the file named, else the active
 * editor's, else what the user picks. Undefined when the user picks nothing.
 * @param title of the dialogue
 * @throws Error when nothing of it is an image.
 */
export async function findTargets(
  named: unknown,
  selection: unknown,
  title = vscode.l10n.t('Segment Images'),
): Promise<Targets | undefined> {
  const isUri = (value: unknown): value is vscode.Uri => value instanceof vscode.Uri;
  const given =
    Array.isArray(selection) && selection.every(isUri) && selection.length > 0
      ? selection
      : isUri(named)
        ? [named]
        : [];
  const active = activeFile();
  const uris = given.length > 0 ? given : active && isImageName(nameOf(active)) ? [active] : await ask(title);
  if (uris.length === 0) return undefined;
  const folders = await Promise.all(uris.map(isFolder));
  const usable = uris.filter((uri, index) => folders[index] || isImageName(nameOf(uri)));
  if (usable.length === 0)
    throw new Error(
      vscode.l10n.t(
        '{0} is no image that Labelless can segment. It takes {1}.',
        nameOf(uris[0]),
        imageExtensions.join(', '),
      ),
    );
  const single = usable.length === 1 && !folders[uris.indexOf(usable[0])];
  return single ? { kind: 'image', image: usable[0] } : { kind: 'batch', uris: usable };
}

/** The images that a command means, as `findTargets`, each once; of folders those right in them. */
export async function imagesOf(named: unknown, selection: unknown, title: string): Promise<vscode.Uri[]> {
  const targets = await findTargets(named, selection, title);
  if (!targets) return [];
  if (targets.kind === 'image') return [targets.image];
  const images = await Promise.all(
    targets.uris.map(async uri => {
      if (isImageName(nameOf(uri))) return [uri];
      const entries = await vscode.workspace.fs.readDirectory(uri);
      return entries
        .filter(([name, type]) => type === vscode.FileType.File && isImageName(name))
        .map(([name]) => vscode.Uri.joinPath(uri, name));
    }),
  );
  return [...new Map(images.flat().map(image => [image.toString(), image])).values()];
}
