import { readNearest } from '../../files/nearest';
import { classFileName } from '../../mask/classes/classFileName';
import { maxClassFileBytes, openClassFile, type ClassFile } from '../../mask/files/classFile';

/** Reads the class file that holds in a folder of this machine; undefined where there is none. */
export async function nearestClassFile(folder: string): Promise<ClassFile | undefined> {
  return openClassFile(await readNearest(folder, classFileName, maxClassFileBytes));
}
