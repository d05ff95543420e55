import path from 'node:path';
import type { PublishedClasses } from '../../../../protocol/classMessages';
import { builtInClassList } from '../dataset/layouts/classList';
import { importClasses, toClassList, type ImportedClasses } from '../formats/classes/importClasses';

/** The built-in lists of experiments that published lists of classes are made of. */
const builtIn = { cityscapes: 'cityscapes19', camvid: 'camvid11' } as const satisfies Record<PublishedClasses, string>;

/** Makes a class list of a published one, which needs no file; their label values become the ids. */
export function publishedClasses(name: PublishedClasses): ImportedClasses {
  const { definitions } = builtInClassList(builtIn[name]);
  return toClassList(definitions.map(({ name: title, values, colour }) => ({ name: title, id: values[0]!, colour })));
}

/** Makes a class list of a file of another program. @throws Error that names the file, and what is wrong with it */
export function classesOfFile(file: string): Promise<ImportedClasses> {
  return importClasses(path.resolve(file));
}
