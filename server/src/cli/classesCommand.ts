import path from 'node:path';
import { writeAtomically } from '../../../files/atomic';
import { isThere } from '../../../files/keepAside';
import { classFileName } from '../../../mask/classes/classFileName';
import { formatClassFile } from '../../../mask/files/classFile';
import { publishedClasses as publishedNames } from '../../../protocol/classMessages';
import { classesOfFile, publishedClasses } from '../engine/classes/foreignClasses';
import type { ImportedClasses } from '../engine/formats/classes/importClasses';
import { printOut } from './standardStreams';

interface ClassesOptions {
  /** A file that lists classes, or the name of a published list. */
  readonly from: string;
  readonly output: string | undefined;
}

/** `labelless classes`: writes a class file from a list of another program. An existing file stays as it is. */
export async function writeClassFile({ from, output = classFileName }: ClassesOptions): Promise<number> {
  const file = path.resolve(output);
  const { list, remarks } = await classesFrom(from);
  if (await isThere(file))
    throw new Error(`${file} exists, and is left as it is; delete it first, or name another with -o`);
  await writeAtomically(new Map([[file, formatClassFile(list)]]));
  for (const remark of remarks) process.stderr.write(`${remark}\n`);
  printOut(`${file}: ${list.classes.length} classes\n`);
  return 0;
}

async function classesFrom(from: string): Promise<ImportedClasses> {
  const published = publishedNames.find(name => name === from);
  return published ? publishedClasses(published) : classesOfFile(from);
}
