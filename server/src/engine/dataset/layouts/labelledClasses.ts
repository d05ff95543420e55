import type { ClassList as FolderClasses } from '../../../../../mask/classes/classList';
import { backgroundIndex, classIndex, type ClassList } from './classList';

/** Finds a class of an experiment by the name of a class of the folder, else by its id. */
export function indexOfClass(classes: ClassList, id: number, name: string): number | undefined {
  const byName = classIndex(classes, name);
  if (byName !== undefined) return byName;
  const byId = classes.definitions.findIndex(({ values }) => values.includes(id));
  return byId < 0 ? undefined : byId;
}

/** Finds the class of an experiment that what no label covers has, by the folder's background class. */
export function indexOfBackground(classes: ClassList, folder: FolderClasses | undefined): number | undefined {
  const ground = folder?.background;
  return (ground && indexOfClass(classes, ground.id, ground.name)) ?? backgroundIndex(classes);
}
