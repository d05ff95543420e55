import path from 'node:path';
import { markOf } from '../../../../files/journal';
import { sha256 } from '../../../../files/sha256';
import { readTogether } from '../../../../files/together';
import {
  changedClassList,
  changedLabel,
  type ClassChange,
  type LabelClass,
} from '../../../../mask/classes/classChange';
import { classFileName } from '../../../../mask/classes/classFileName';
import type { ClassList } from '../../../../mask/classes/classList';
import { changeClassFile, maxClassFileBytes, openClassFile, parseClassFile } from '../../../../mask/files/classFile';
import { labelsOfClass } from '../../../../mask/files/reclassify';
import type { ChangeClassResult, ChangeSummary } from '../../../../protocol/classMessages';
import { examineChange, hashOfLabels, makeChange, type ChangePlan, type FolderContext } from './folderChange';
import { readLastChange, type LastChange } from './lastChange';

/** A change of a class, or the taking back of the last one; see `ChangeClassRequest`. */
export type FolderClassChange = ClassChange | { readonly kind: 'takeBack'; readonly exceptChanged: boolean };

/** A class file as it is before a change. */
type OpenedFile = Pick<ChangePlan, 'folder' | 'file' | 'content' | 'mark'> & { readonly list: ClassList };

/**
 * Changes a class in the class file of a folder and in all masks that have their classes from it, all of them or none;
 * or takes back the last such change.
 * @throws Error, naming the file, when the change is impossible or a file cannot be read or written; nothing is then
 * changed
 */
export async function changeClass(
  folder: string,
  change: FolderClassChange,
  context: FolderContext & { readonly dryRun?: boolean },
): Promise<ChangeClassResult> {
  const opened = await openClasses(folder);
  const plan = change.kind === 'takeBack' ? await planBack(opened, change) : planChange(opened, change);
  const { file, summary } = plan;
  const outcome = context.dryRun
    ? { ...(await examineChange(plan, context)), done: false }
    : await makeChange(plan, context);
  return { file, summary, ...outcome };
}

/** Reads the class file of a folder. @throws Error naming it where there is none, or it cannot be used */
export async function openClasses(folder: string): Promise<OpenedFile> {
  const file = path.join(folder, classFileName);
  const mark = await markOf(file);
  const [content] = await readTogether([file], maxClassFileBytes);
  if (!content)
    throw new Error(`${file}: there is no such file; the classes are in the file of a folder above, if any`);
  const opened = openClassFile({ file, content });
  if (!opened || 'problem' in opened) throw new Error(`${file}: ${opened?.problem}; correct it first`);
  return { folder, file, content, mark, list: opened.list };
}

function planChange({ list: before, ...opened }: OpenedFile, change: ClassChange): ChangePlan {
  let list: ClassList;
  try {
    list = changedClassList(before, change);
  } catch (error) {
    throw new Error(`${opened.file}: ${(error as Error).message}`, { cause: error });
  }
  const label = changedLabel(change, list);
  const backgroundMoves = list.backgroundValue !== before.backgroundValue;
  return {
    ...opened,
    list,
    text: changeClassFile(opened.content, before, list),
    summary: summaryOf(change, before, list),
    leavesOthers: false,
    labelsOf: sidecar => {
      const indices = change.kind === 'background' ? [] : labelsOfClass(sidecar, change.id);
      const hasBackground = backgroundMoves && sidecar.classValues !== undefined;
      return indices.length > 0 || hasBackground ? new Map(indices.map(index => [index, label])) : undefined;
    },
  };
}

function summaryOf(change: ClassChange, before: ClassList, after: ClassList): ChangeSummary {
  const { name = '' } = before.byId(change.id) ?? {};
  const { kind } = change;
  switch (kind) {
    case 'rename':
      return { kind, name, to: after.byId(change.id)?.name, takenBack: false };
    case 'recolour':
      return { kind, name, to: after.byId(change.id)?.colour, takenBack: false };
    case 'merge':
      return { kind, name, to: after.byId(change.into)?.name, takenBack: false };
    case 'background':
    case 'remove':
      return { kind, name, takenBack: false };
  }
}

/** @throws Error where there is nothing to take back, or the class file was changed since */
async function planBack(
  opened: OpenedFile,
  { exceptChanged }: { readonly exceptChanged: boolean },
): Promise<ChangePlan> {
  const last = await readLastChange(opened.folder);
  if (!last) throw new Error(`${opened.file}: no change of a class is known that could be taken back`);
  const { before, after } = last.classFile;
  if (sha256(opened.content) !== after)
    throw new Error(`${opened.file}: it was changed since; the last change of a class cannot be taken back`);
  const read = parseClassFile(before);
  if ('problems' in read) throw new Error(`${opened.file}: what it was before is not known any more`);
  return {
    ...opened,
    list: read.list,
    text: before,
    summary: { ...last.summary, takenBack: !last.summary.takenBack },
    leavesOthers: exceptChanged,
    labelsOf: labelsBefore(last),
  };
}

function labelsBefore({ masks }: LastChange): ChangePlan['labelsOf'] {
  const entries = new Map(masks.map(entry => [entry.mask, entry]));
  return ({ labels }, mask): ReadonlyMap<number, LabelClass> | undefined => {
    const entry = entries.get(mask);
    if (entry && hashOfLabels(labels) !== entry.labels) throw new Error('its labels were changed since');
    return entry && new Map(entry.before);
  };
}
