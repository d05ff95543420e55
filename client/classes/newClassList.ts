import * as vscode from 'vscode';
import { writeToDisk } from '../../files/journal';
import { classFileName } from '../../mask/classes/classFileName';
import { formatClassFile } from '../../mask/files/classFile';
import type { ClassEntry } from '../../mask/classes/classListSchema';
import type { PublishedClasses } from '../../protocol/classMessages';
import { folderOf, nameOf } from '../common/maskLocations';
import { askForText, choose } from '../common/questions';
import { isPathOf } from '../common/samePath';
import type { Server } from '../server/server';
import { classesNamed, exampleClasses, namesInFolder, namesInMask, type NamedColour } from './classNames';
import { classesOfFile, readClasses } from './foreignLists';
import { labelNamesFor } from '../editor/imageSettings';
import type { ImageDocument } from '../editor/imageDocument';

/** A source of classes for a new class file. */
interface ClassSource extends vscode.QuickPickItem {
  /** The classes; undefined where the user leaves them out. */
  readonly classes: () => Promise<readonly ClassEntry[] | undefined>;
}

/**
 * *New Class List*: writes a class file with the names of a mask, of a folder or of the settings, with the classes of a
 * published data set or of another program's file, or with an example, and opens it. A file that exists is opened as it
 * is.
 * @param document the image that is open, if any; its folder or its workspace folder gets the file
 * @param folder where a menu or a caller names it; else the user chooses
 * @throws Error naming the file when it cannot be written
 */
export async function newClassList(
  document: ImageDocument | undefined,
  folder: vscode.Uri | undefined,
  server: Server,
): Promise<vscode.Uri | undefined> {
  const place = folder ?? (await askPlace(document));
  if (!place) return undefined;
  const file = vscode.Uri.joinPath(place, classFileName);
  if (await exists(file)) {
    await vscode.window.showTextDocument(file);
    void vscode.window.showInformationMessage(
      vscode.l10n.t('{0} has a class list already, which was left as it is.', nameOf(place)),
    );
    return file;
  }
  const source = await choose(sourcesFor(document, folder ?? place, server), {
    title: vscode.l10n.t('Classes of the New List'),
  });
  const classes = await source?.classes();
  if (!classes) return undefined;
  try {
    await writeToDisk(file.fsPath, formatClassFile({ classes }));
  } catch (error) {
    throw new Error(
      vscode.l10n.t(
        '{0} could not be written: {1}',
        file.fsPath,
        (error as NodeJS.ErrnoException).code === 'EEXIST'
          ? vscode.l10n.t('there is such a file now')
          : vscode.l10n.t('no permission, or no space on the disk'),
      ),
      { cause: error },
    );
  }
  await vscode.window.showTextDocument(file, { preview: false });
  return file;
}

/** The sources that have names, the nearest first. */
async function sourcesFor(
  document: ImageDocument | undefined,
  folder: vscode.Uri,
  server: Server,
): Promise<ClassSource[]> {
  const masks = document ? folderOf(document.location.mask) : folder;
  const found = {
    mask: document?.model ? namesInMask(document.model) : [],
    folder: await namesInFolder(masks.fsPath),
    settings: labelNamesFor(document?.uri ?? folder),
  };
  const source = (label: string, names: readonly NamedColour[]): ClassSource[] =>
    names.length === 0
      ? []
      : [{ label, description: shortList(names), classes: () => Promise.resolve(classesNamed(names)) }];
  const published = (label: string, name: PublishedClasses): ClassSource => ({
    label,
    description: vscode.l10n.t('the classes that this data set is evaluated on'),
    classes: () => readClasses({ published: name }, server),
  });
  return [
    ...source(vscode.l10n.t('Names in This Mask'), found.mask),
    ...source(vscode.l10n.t('Names in All Masks of {0}', nameOf(masks)), found.folder),
    ...source(vscode.l10n.t('Names in the Setting labelless.labels'), found.settings),
    { label: vscode.l10n.t('Type Names…'), classes: typedClasses },
    ...source(vscode.l10n.t('Example to Edit'), exampleClasses),
    published('Cityscapes', 'cityscapes'),
    published('CamVid', 'camvid'),
    {
      label: vscode.l10n.t('From a File…'),
      description: 'labels.txt, data.yaml, COCO, labelmap.txt',
      classes: () => classesOfFile(folder, server),
    },
  ];
}

async function typedClasses(): Promise<readonly ClassEntry[] | undefined> {
  const typed = await askForText({
    title: vscode.l10n.t('Classes of the New List'),
    prompt: vscode.l10n.t('Names of classes, with commas between them'),
    placeHolder: vscode.l10n.t('road, building, car'),
    validateInput: text => (namesIn(text).length > 0 ? undefined : vscode.l10n.t('Type one name at least.')),
  });
  return typed === undefined ? undefined : classesNamed(namesIn(typed));
}

/** The names in a text, in which commas, semicolons or lines part them. */
function namesIn(text: string): NamedColour[] {
  return text
    .split(/[,;\n]/)
    .map(name => ({ name: name.trim() }))
    .filter(({ name }) => name !== '');
}

function shortList(names: readonly NamedColour[]): string {
  const first = names.slice(0, 4).map(({ name }) => name);
  return names.length > first.length ? `${first.join(', ')} …` : first.join(', ');
}

/** Asks where the file is to be, where there is a choice: it holds for the images in that folder and below. */
async function askPlace(document: ImageDocument | undefined): Promise<vscode.Uri | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (!document) {
    if (folders.length > 1) return (await vscode.window.showWorkspaceFolderPick())?.uri;
    const [only] = folders;
    if (only) return only.uri;
    throw new Error(vscode.l10n.t('Open a folder or an image first: the class list is written there.'));
  }
  const beside = folderOf(document.uri);
  const workspace = vscode.workspace.getWorkspaceFolder(document.uri)?.uri;
  if (!workspace || isPathOf(workspace, beside.fsPath)) return beside;
  const items = [workspace, beside].map(uri => ({
    label: vscode.workspace.asRelativePath(uri, true),
    description:
      uri === workspace ? vscode.l10n.t('for all images of the workspace') : vscode.l10n.t('for this folder alone'),
    uri,
  }));
  return (await choose(items, { title: vscode.l10n.t('Folder of the Class List') }))?.uri;
}

async function exists(file: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(file).then(
    () => true,
    () => false,
  );
}
