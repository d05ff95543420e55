import fs from 'node:fs/promises';
import path from 'node:path';
import { writeAtomically } from '../atomic';
import { readTogether } from '../together';

/**
 * A process that writes or reads two files together in each of some folders, and kills itself at a call of the file
 * system: `node writeWorker.cjs write|read CALL FOLDER…`. The call is made no more; of a write, half is done.
 */
async function work(task: string, last: number, folders: readonly string[]): Promise<void> {
  let calls = 0;
  const isLast = () => ++calls === last;
  const die = () => {
    process.kill(process.pid, 'SIGKILL');
    return new Promise<never>(() => undefined);
  };
  const handle = await fs.open(__filename);
  await handle.close();
  wrap(fs, ['open', 'rename', 'rm', 'link', 'unlink', 'stat', 'lstat', 'realpath', 'readdir'], call =>
    isLast() ? die() : call(),
  );
  const prototype = Object.getPrototypeOf(handle) as { write(data: Buffer): Promise<unknown> };
  wrap(prototype, ['sync', 'close'], call => (isLast() ? die() : call()));
  wrap(prototype, ['writeFile'], async (call, handle, [content]) => {
    if (!isLast()) return call();
    const bytes = Buffer.from(content as string);
    await (handle as typeof prototype).write(bytes.subarray(0, bytes.length >> 1));
    return die();
  });
  for (const folder of folders) {
    const files = [path.join(folder, 'a'), path.join(folder, 'b')] as const;
    if (task === 'read') await readTogether(files, 1e6);
    else await writeAtomically(new Map(files.map(file => [file, `new ${path.basename(file)}`])));
  }
}

/** Replaces functions of an object by ones that `instead` calls. */
function wrap(
  object: object,
  names: readonly string[],
  instead: (call: () => Promise<unknown>, self: unknown, args: unknown[]) => Promise<unknown>,
): void {
  const functions = object as Record<string, (...args: unknown[]) => Promise<unknown>>;
  for (const name of names) {
    const original = functions[name];
    functions[name] = function (this: unknown, ...args: unknown[]) {
      return instead(() => original.apply(this, args), this, args);
    };
  }
}

const [task, last, ...folders] = process.argv.slice(2);
void work(task, Number(last), folders);
