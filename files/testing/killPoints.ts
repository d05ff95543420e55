import { execFile } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readTogether } from '../together';
import { bundleProgram } from './childProgram';

interface KillPoints {
  /** An empty folder. */
  readonly folder: string;
  /**
   * Whether files that are new are tried too, and whether the process that finishes what a killed one began is killed
   * as well, at every point: some thousand processes.
   */
  readonly isThorough?: boolean;
}

interface KillPointsOutcome {
  /** The number of points at which a process was killed. */
  readonly points: number;
  /** What was wrong afterwards, a sentence each. */
  readonly faults: readonly string[];
}

const names = ['a', 'b'] as const;

/**
 * Kills a process at each of its calls of the file system while it replaces two files together, then reads them, and
 * looks whether both are old or both are new, and nothing else is left once another process has written there.
 */
export async function tryKillPoints({ folder, isThorough = false }: KillPoints): Promise<KillPointsOutcome> {
  const program = await bundleProgram('files/testing/writeWorker.ts', folder);
  const faults: string[] = [];
  const tried: string[] = [];
  let points = 0;
  const run = (task: string, last: number, ...folders: string[]) =>
    new Promise<boolean>((resolve, reject) => {
      execFile(process.execPath, [program, task, String(last), ...folders], (error, _, stderr) => {
        if (error?.signal === 'SIGKILL') points++;
        else if (error) reject(new Error(stderr, { cause: error }));
        resolve(error?.signal === 'SIGKILL');
      });
    });
  /** Tries one point; answers whether the process that is killed last lived long enough for that. */
  const tryPoint = async (isNew: boolean, first: number, second?: number) => {
    const name = `${isNew ? 'making' : 'replacing'}, killed at ${[first, second].filter(Boolean).join(' and ')}`;
    const at = path.join(folder, name);
    tried.push(at);
    await mkdir(at);
    if (!isNew) for (const file of names) await writeFile(path.join(at, file), `old ${file}`);
    const killed = await run('write', first, at);
    const again = second !== undefined && (await run('read', second, at));
    const [a, b] = await readTogether([path.join(at, 'a'), path.join(at, 'b')], 100);
    const found = `${String(a)}, ${String(b)}`;
    if (!['old a, old b', 'undefined, undefined', 'new a, new b'].includes(found)) faults.push(`${name}: ${found}`);
    return second === undefined ? killed : again;
  };
  for (const isNew of isThorough ? [false, true] : [false]) {
    for (let first = 1; await tryPoint(isNew, first); first++)
      for (let second = 1; isThorough && (await tryPoint(isNew, first, second)); second++);
  }
  await run('write', 0, ...tried);
  for (const at of tried) {
    const left = (await readdir(at)).filter(name => name !== 'a' && name !== 'b');
    if (left.length > 0) faults.push(`${path.basename(at)}: ${left.join(', ')} is left`);
  }
  return { points, faults };
}
