import * as vscode from 'vscode';
import { imageExtensions, isImageName } from '../../mask/files/fileNames';
import { nameOf } from './maskLocations';
import { activeFile } from './tabs';

/** What a command acts on: one image, or images and folders. */
export interface Targets {
  /** At least one image or folder. */
  readonly uris: readonly [vscode.Uri, ...vscode.Uri[]];
  /** Whether the target is one image and no folder. */
  readonly isOneImage: boolean;
}

/**
 * Finds what a menu, a key or another extension means a command to act on: the selection in the Explorer, else the file
 * named, else the active editor's file, else what the user picks; undefined when the user picks nothing.
 * @param named the first argument that VS Code gives to a command in a menu
 * @param selection the second argument
 * @param title the title of the dialogue in which the user picks
 * @throws Error when nothing of it is an image
 */
export async function findTargets(named: unknown, selection: unknown, title: string): Promise<Targets | undefined> {
  const uris = given(named, selection) ?? (await pickImages(title));
  const [asked] = uris;
  if (!asked) return undefined;
  const folders = new Set(await foldersAmong(uris));
  const [first, ...others] = uris.filter(uri => folders.has(uri) || isImageName(nameOf(uri)));
  if (!first)
    throw new Error(
      vscode.l10n.t(
        '{0} is no image that Labelless can segment. It takes {1}.',
        nameOf(asked),
        imageExtensions.join(', '),
      ),
    );
  return { uris: [first, ...others], isOneImage: others.length === 0 && !folders.has(first) };
}

/** The images that a command acts on, each once; see `findTargets`. A folder stands for the images directly in it. */
export async function imagesOf(named: unknown, selection: unknown, title: string): Promise<vscode.Uri[]> {
  const targets = await findTargets(named, selection, title);
  const images = await Promise.all(
    (targets?.uris ?? []).map(async uri => {
      if (isImageName(nameOf(uri))) return [uri];
      const entries = await vscode.workspace.fs.readDirectory(uri);
      return entries
        .filter(([name, type]) => (type & vscode.FileType.File) !== 0 && isImageName(name))
        .map(([name]) => vscode.Uri.joinPath(uri, name));
    }),
  );
  return [...new Map(images.flat().map(image => [image.toString(), image])).values()];
}

function given(named: unknown, selection: unknown): readonly vscode.Uri[] | undefined {
  const isUri = (value: unknown): value is vscode.Uri => value instanceof vscode.Uri;
  if (Array.isArray(selection) && selection.every(isUri) && selection.length > 0) return selection;
  if (isUri(named)) return [named];
  const active = activeFile();
  return active && isImageName(nameOf(active)) ? [active] : undefined;
}

async function pickImages(title: string): Promise<vscode.Uri[]> {
  const images = await vscode.window.showOpenDialog({
    title,
    openLabel: title,
    canSelectMany: true,
    filters: { [vscode.l10n.t('Images')]: [...imageExtensions] },
  });
  return images ?? [];
}

async function foldersAmong(uris: readonly vscode.Uri[]): Promise<vscode.Uri[]> {
  const areFolders = await Promise.all(
    uris.map(uri =>
      vscode.workspace.fs.stat(uri).then(
        ({ type }) => (type & vscode.FileType.Directory) !== 0,
        () => false,
      ),
    ),
  );
  return uris.filter((_, index) => areFolders[index]);
}
