import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { sha256 } from '../../files/sha256';
import { picturePng } from '../../test/support/workspace';

/** The options that make masks the same in every process: one thread, the processor, few steps. */
export const sameBytes = ['--backend', 'cpu', '--threads', '1', '--set', 'clustering.iterations=10'];

const program = path.resolve('dist', 'cli.js');

/** Writes pictures of 64 × 48 pixels, each another one. */
export function writePhotos(folder: string, count: number): void {
  mkdirSync(folder, { recursive: true });
  for (let index = 0; index < count; index++)
    writeFileSync(path.join(folder, `photo-${String(index).padStart(6, '0')}.png`), picturePng(64, 48, index + 1));
}

/** Starts `labelless` as the leader of a group, so that it can be killed with its children, as by a power cut. */
export function start(args: readonly string[], environment: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn(process.execPath, [program, ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'inherit'],
    detached: true,
  });
}

/** Runs `labelless`, and returns the seconds that it took. @throws Error where it fails */
export async function run(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<number> {
  const began = performance.now();
  const [status] = (await once(start(args, environment), 'close')) as [number | null];
  if (status !== 0) throw new Error(`labelless ${args[0]} ended with ${status}`);
  return (performance.now() - began) / 1000;
}

/** Kills a program and its children at once. */
export async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'close');
  process.kill(-child.pid!, 'SIGKILL');
  await ended;
}

/** The digests of all files of a folder, hidden ones too. */
export function digestsIn(folder: string): Map<string, string> {
  return new Map(readdirSync(folder).map(name => [name, sha256(readFileSync(path.join(folder, name)))]));
}
