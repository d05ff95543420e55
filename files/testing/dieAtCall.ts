import fs from 'node:fs/promises';

const changingCalls = ['open', 'rename', 'rm', 'link', 'unlink'] as const;
const readingCalls = ['stat', 'lstat', 'realpath', 'readdir'] as const;

/**
 * Has this process kill itself at a call of the file system. The call is made no more; of a write, half is done.
 * @param last the number of the call, from 1; 0 for none
 * @param file any file that can be read
 * @param changesAlone whether only calls are counted that change the disk: after a kill at another one it is the same
 */
export async function dieAtCall(last: number, file: string, changesAlone = false): Promise<void> {
  let calls = 0;
  const isLast = () => ++calls === last;
  const die = () => {
    process.kill(process.pid, 'SIGKILL');
    return new Promise<never>(() => undefined);
  };
  const handle = await fs.open(file);
  await handle.close();
  wrap(fs, changesAlone ? changingCalls : [...changingCalls, ...readingCalls], (call, _, [, flags]) =>
    changesAlone && typeof flags === 'number' ? call() : isLast() ? die() : call(),
  );
  const prototype = Object.getPrototypeOf(handle) as { write(data: Buffer): Promise<unknown> };
  wrap(prototype, changesAlone ? ['sync'] : ['sync', 'close'], call => (isLast() ? die() : call()));
  wrap(prototype, ['writeFile'], async (call, of, [content]) => {
    if (!isLast()) return call();
    const bytes = Buffer.from(content as string);
    await (of as typeof prototype).write(bytes.subarray(0, bytes.length >> 1));
    return die();
  });
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
