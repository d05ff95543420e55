import type { ClassInUse } from '../../../../mask/classes/classInUse';
import type { ChangeClassResult, ReadClassesResult } from '../../../../protocol/classMessages';
import { changeClass } from '../../engine/classes/changeClass';
import { classesInUse } from '../../engine/classes/classesInUse';
import { classesOfFile, publishedClasses } from '../../engine/classes/foreignClasses';
import type { ChangeClassTask, ClassesInUseTask, ReadClassesTask } from '../jobMessages';
import { maskFolderOf, reader } from './sessionTasks';
import type { TaskContext } from './taskContext';

/** Changes a class in all masks of a folder. A cancel before the files are replaced leaves all as it was. */
export async function changeFolderClass(
  { folder, change, dryRun, settings }: ChangeClassTask,
  { signals, beginWriting }: Pick<TaskContext, 'signals' | 'beginWriting'>,
): Promise<ChangeClassResult> {
  if (!dryRun) beginWriting();
  return changeClass(folder, change, {
    maskFolder: maskFolderOf(folder, settings),
    maxPixels: settings.limits.megapixels * 1e6,
    cancel: signals.cancel,
    dryRun,
  });
}

/** Reads a list of classes of another program, or a published one. */
export async function readClasses({ source }: ReadClassesTask): Promise<ReadClassesResult> {
  const { list, remarks } = 'file' in source ? await classesOfFile(source.file) : publishedClasses(source.published);
  return { classes: [...list.classes], remarks: [...remarks] };
}

/** Finds the classes that masks of a folder use. */
export function findClassesInUse(
  { folder, settings }: ClassesInUseTask,
  { signals }: Pick<TaskContext, 'signals'>,
): Promise<ClassInUse[]> {
  return classesInUse(folder, { maskFolder: maskFolderOf(folder, settings), cancel: signals.cancel }, reader);
}
