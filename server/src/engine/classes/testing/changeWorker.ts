import path from 'node:path';
import { dieAtCall } from '../../../../../files/testing/dieAtCall';
import { changeClass } from '../changeClass';

/**
 * A process that merges class 4 of a folder into class 1, and kills itself at a call of the file system: `node
 * changeWorker.cjs CALL FOLDER`.
 */
async function work(last: number, folder: string): Promise<void> {
  await dieAtCall(last, __filename, true);
  const maskFolder = (relative: string) => path.join(folder, path.dirname(relative));
  const { done } = await changeClass(folder, { kind: 'merge', id: 4, into: 1 }, { maskFolder, maxPixels: 1e6 });
  if (!done) throw new Error('nothing was changed');
}

const [last, folder] = process.argv.slice(2);
void work(Number(last), folder);
