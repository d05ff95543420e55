import path from 'node:path';
import { writeAtomically } from '../atomic';
import { readTogether } from '../together';
import { dieAtCall } from './dieAtCall';

/**
 * A process that writes or reads two files together in each of some folders, and kills itself at a call of the file
 * system: `node writeWorker.cjs write|read CALL FOLDER…`.
 */
async function work(task: string, last: number, folders: readonly string[]): Promise<void> {
  await dieAtCall(last, __filename);
  for (const folder of folders) {
    const files = [path.join(folder, 'a'), path.join(folder, 'b')] as const;
    if (task === 'read') await readTogether(files, 1e6);
    else await writeAtomically(new Map(files.map(file => [file, `new ${path.basename(file)}`])));
  }
}

const [task, last, ...folders] = process.argv.slice(2);
void work(task, Number(last), folders);
