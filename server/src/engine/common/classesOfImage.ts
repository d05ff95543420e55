import path from 'node:path';
import { readNearest } from '../../../../files/nearest';
import { classFileName } from '../../../../mask/classes/classFileName';
import { maxClassFileBytes, openClassFile, type ClassFile } from '../../../../mask/files/classFile';

/** Finds the class file that holds for an image, in its folder or above; undefined where there is none. */
export function classesOfImage(image: string): Promise<ClassFile | undefined> {
  return classesOfFolder(path.dirname(path.resolve(image)));
}

/** Finds the class file that holds for the images of a folder, in it or above; undefined where there is none. */
export async function classesOfFolder(folder: string): Promise<ClassFile | undefined> {
  return openClassFile(await readNearest(path.resolve(folder), classFileName, maxClassFileBytes));
}
