import path from 'node:path';
import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { inflate } from '../../mask/files/codec';
import type { Method } from '../quality/comparedMethods';
import type { Photo } from '../quality/photos';

/** The folder of the scripts, as seen from the bundle of a benchmark. */
export const scriptFolder = path.join(__dirname, '..', '..', 'bench', 'peers');

/** A process that prints a line when it is ready, and one for each line that it reads. */
export interface LineProcess {
  /** The line that it printed when it was ready. */
  readonly greeting: string;
  ask(line: string): Promise<string>;
  close(): Promise<void>;
}

/** Starts a Python script of this folder. @throws Error when it ends before it is ready */
export async function startScript(python: string, name: string, args: readonly string[]): Promise<LineProcess> {
  const child = spawn(python, [path.join(scriptFolder, name), ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const failed = new Promise<never>((_, reject) => {
    child.once('error', reject);
  });
  failed.catch(() => {
    /* reported by the answer that waits for it */
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const nextLine = async () => {
    const line = await Promise.race([lines.next(), failed]);
    if (line.done) throw new Error(`${python} ${name} ended: its reason is above`);
    return line.value;
  };
  return {
    greeting: await nextLine(),
    ask: line => {
      child.stdin.write(`${line}\n`);
      return nextLine();
    },
    close: () =>
      new Promise(resolve =>
        child
          .once('exit', () => {
            resolve();
          })
          .stdin.end(),
      ),
  };
}

function run(command: string, args: readonly string[]): void {
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 2, 2] });
  if (error || status !== 0)
    throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? `exit status ${status}`}`);
}

/**
 * The Python of a virtual environment in `folder` with the packages of the scripts; both are installed if necessary.
 * Needs Python 3.10 or later.
 */
export function virtualPython(folder: string, requirements: readonly string[]): string {
  const python =
    process.platform === 'win32' ? path.join(folder, 'Scripts', 'python.exe') : path.join(folder, 'bin', 'python');
  if (!existsSync(python)) run(process.platform === 'win32' ? 'python' : 'python3', ['-m', 'venv', folder]);
  for (const name of requirements)
    run(python, ['-m', 'pip', 'install', '--quiet', '--requirement', path.join(scriptFolder, name)]);
  return python;
}

export const peerNames = ['felzenszwalb', 'slic+k-means', 'kanezaki', 'yonv1943'] as const;
export type PeerName = (typeof peerNames)[number];

/** Another program as a method to compare with. `close` ends its process. */
export interface Peer {
  readonly method: Method;
  close(): Promise<void>;
}

export async function openPeer(python: string, peer: PeerName, args: readonly string[], name: string): Promise<Peer> {
  const script = await startScript(python, 'segment.py', [peer, ...args]);
  const settings = JSON.parse(script.greeting) as string[];
  const scratch = await mkdtemp(path.join(tmpdir(), 'labelless-peer-'));
  return {
    method: { name, settings, segment: photo => segment(script, photo, settings.length, path.join(scratch, 'maps')) },
    close: async () => {
      await script.close();
      await rm(scratch, { recursive: true });
    },
  };
}

async function segment(script: LineProcess, { file, picture: { width, height } }: Photo, count: number, maps: string) {
  const times = JSON.parse(await script.ask(JSON.stringify({ image: path.resolve(file), maps }))) as {
    seconds: number;
    processor: number;
    extrapolated?: number;
  };
  const pixels = width * height;
  const bytes = inflate(await readFile(maps), 2 * count * pixels);
  return {
    ...times,
    maps: Array.from({ length: count }, (_, i) => new Uint16Array(bytes.buffer, 2 * i * pixels, pixels)),
  };
}
