import path from 'node:path';
import * as vscode from 'vscode';
import { changedClassList, type ClassChange } from '../../mask/classes/classChange';
import type { ClassList } from '../../mask/classes/classList';
import type { ClassEntry } from '../../mask/classes/classListSchema';
import { reasonOf } from '../../mask/errors';
import { nearestClassFile } from '../common/nearestClassFile';
import { activeFile } from '../common/tabs';
import { requireTrust } from '../common/trust';
import { askForText, choose } from '../common/questions';
import type { ClassChanges } from './classChanges';

/**
 * *Change a Class*: asks for a class and what to do with it, and does it in the class file and in all masks that have
 * their classes from it.
 * @param named a class file, a folder or an image, where a menu or a caller names one; else the active editor counts
 * @throws Error, for people, when there is no class file or the change is impossible
 */
export async function changeClassCommand(named: unknown, changes: ClassChanges): Promise<void> {
  const place = named instanceof vscode.Uri ? named : undefined;
  if (!(await requireTrust('classes'))) return;
  const file = await findClassFile(place);
  if (!(await changes.savedFirst(file))) return;
  const list = await readClassList(file);
  const entry = await askClass(list.classes, vscode.l10n.t('Class to Change'));
  const kind = entry && (await askKind(list, entry));
  const change = kind && (await askChange(kind, list, entry));
  if (change) await changes.make(file, change);
}

/**
 * Does one kind of change with a class of a class file, as the menu of a class has it.
 * @throws Error, for people, when the change is impossible
 */
export async function changeOneClass(
  kind: ClassChange['kind'],
  { file, id }: { readonly file: string; readonly id: number },
  changes: ClassChanges,
): Promise<void> {
  if (!(await requireTrust('classes')) || !(await changes.savedFirst(file))) return;
  const list = await readClassList(file);
  const entry = list.byId(id);
  if (!entry) throw new Error(vscode.l10n.t('{0} has no class {1} any more.', file, id));
  const change = await askChange(kind, list, entry);
  if (change) await changes.make(file, change);
}

/** *Take Back Class Change*: takes the last change of a class back, or, after that, does it again. */
export async function takeBackCommand(named: unknown, changes: ClassChanges): Promise<void> {
  const place = named instanceof vscode.Uri ? named : undefined;
  if (!(await requireTrust('classes'))) return;
  const file = await findClassFile(place);
  if (await changes.savedFirst(file)) await changes.takeBack(file);
}

/** The path of the class file that is meant. @throws Error when there is none */
async function findClassFile(named: vscode.Uri | undefined): Promise<string> {
  const roots = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri);
  for (const uri of [named, activeFile(), ...roots]) {
    if (uri?.scheme !== 'file') continue;
    const isFolder = await vscode.workspace.fs.stat(uri).then(
      ({ type }) => (type & vscode.FileType.Directory) !== 0,
      () => false,
    );
    const folder = isFolder ? uri.fsPath : path.dirname(uri.fsPath);
    const found = await nearestClassFile(folder);
    if (found) return found.file;
  }
  throw new Error(vscode.l10n.t('There is no class list yet. New Class List makes one.'));
}

/** @throws Error naming the file when it cannot be used */
async function readClassList(file: string): Promise<ClassList> {
  const opened = await nearestClassFile(path.dirname(file));
  if (opened && 'list' in opened) return opened.list;
  throw new Error(
    vscode.l10n.t('{0} cannot be used: {1}. Correct it first.', file, opened?.problem ?? vscode.l10n.t('it is gone')),
  );
}

async function askClass(classes: readonly ClassEntry[], title: string): Promise<ClassEntry | undefined> {
  const items = classes.map(entry => ({ label: entry.name, description: `${entry.id} · ${entry.colour}`, entry }));
  return (await choose(items, { title }))?.entry;
}

/** Asks what to do with a class. */
async function askKind(
  list: ClassList,
  { id, name, background }: ClassEntry,
): Promise<ClassChange['kind'] | undefined> {
  const item = (does: ClassChange['kind'], label: string, detail: string) => ({ does, label, detail });
  const items = [
    item('rename', vscode.l10n.t('Rename…'), vscode.l10n.t('In the class list and in all masks')),
    item('recolour', vscode.l10n.t('Change Colour…'), vscode.l10n.t('In the class list and in all masks')),
    ...(background
      ? []
      : [item('background', vscode.l10n.t('Make Background'), vscode.l10n.t('Pixels of no label belong to it'))]),
    ...(list.classes.some(other => other.id !== id)
      ? [item('merge', vscode.l10n.t('Merge into…'), vscode.l10n.t('Its labels become labels of another class'))]
      : []),
    item('remove', vscode.l10n.t('Remove'), vscode.l10n.t('Its labels stay, without a class')),
  ];
  return (await choose(items, { title: vscode.l10n.t('Change of ‘{0}’', name) }))?.does;
}

/** Asks for what a kind of change needs besides its class. */
async function askChange(
  kind: ClassChange['kind'],
  list: ClassList,
  { id, name, colour }: ClassEntry,
): Promise<ClassChange | undefined> {
  switch (kind) {
    case 'rename':
      return askText(list, vscode.l10n.t('New Name of ‘{0}’', name), name, text => ({ kind, id, name: text }));
    case 'recolour':
      return askText(list, vscode.l10n.t('New Colour of ‘{0}’', name), colour, text => ({ kind, id, colour: text }));
    case 'merge': {
      const others = list.classes.filter(other => other.id !== id);
      const into = await askClass(others, vscode.l10n.t('Class That ‘{0}’ Is Merged into', name));
      return into && { kind, id, into: into.id };
    }
    case 'background':
    case 'remove':
      return { kind, id };
  }
}

/** Asks for a text, and says at once why a change to it is impossible. */
async function askText(
  list: ClassList,
  title: string,
  value: string,
  changeTo: (text: string) => ClassChange,
): Promise<ClassChange | undefined> {
  const validateInput = (text: string) => {
    try {
      changedClassList(list, changeTo(text));
      return undefined;
    } catch (error) {
      return reasonOf(error);
    }
  };
  const text = await askForText({ title, value, validateInput });
  return text === undefined ? undefined : changeTo(text);
}
