import path from 'node:path';
import { readNearest } from '../../../../files/nearest';
import { classFileName } from '../../../../mask/classes/classFileName';
import { maxClassFileBytes, openClassFile, type ClassFile } from '../../../../mask/files/classFile';

/** Finds the class file that holds for an image, in its folder or above; undefined where there is none. */
export async function classesOfImage(image: string): Promise<ClassFile | undefined> {
  return openClassFile(await readNearest(path.dirname(path.resolve(image)), classFileName, maxClassFileBytes));
}
