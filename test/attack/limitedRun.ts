import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Use } from './trial';

/** The limits of a run: beyond them its processes are killed, which is a fault. */
export interface Limits {
  readonly seconds: number;
  readonly megabytes: number;
}

export const usualLimits: Limits = { seconds: 60, megabytes: 1500 };

/** What a program did. */
export interface Run {
  /** The exit status; null where a signal ended it. */
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
  readonly errors: string;
  readonly use: Use;
  /** The limit that it exceeded. */
  readonly exceeded?: string;
}

interface RunOptions {
  readonly limits?: Limits;
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Shell text that follows the program, `$0` being `argument`, in place of arguments: for redirections. */
  readonly shell?: string;
  readonly argument?: string;
}

const cli = path.resolve('dist', 'cli.js');
const pollInterval = 50;

/** Runs the built command line under limits of time and memory. */
export function runCli(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  const { shell, argument = '' } = options;
  const [command, list] =
    shell === undefined
      ? [process.execPath, [cli, ...args]]
      : ['bash', ['-c', `"${process.execPath}" "${cli}" ${shell}`, argument]];
  const child = spawn(command, list, {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true, // its own process group, which is killed whole
    env: { ...process.env, ...options.env },
    cwd: options.cwd,
  });
  return limited(child, options.limits ?? usualLimits);
}

async function limited(child: ChildProcess, limits: Limits): Promise<Run> {
  const start = Date.now();
  let [output, errors] = ['', ''];
  child.stdout?.on('data', (chunk: Buffer) => (output = (output + chunk.toString('utf8')).slice(0, 1e6)));
  child.stderr?.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString('utf8')).slice(0, 1e6)));
  const memory = watchMemory(child.pid!);
  let exceeded: string | undefined;
  const timer = setInterval(() => {
    if (Date.now() - start > limits.seconds * 1000) exceeded ??= `it did not end within ${limits.seconds} s`;
    if (memory.peak() > limits.megabytes) exceeded ??= `it took more than ${limits.megabytes} MB`;
    if (exceeded !== undefined) killGroup(child.pid!);
  }, pollInterval);
  const [status, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, by) => {
      resolve([code, by]);
    });
  });
  clearInterval(timer);
  const use = { megabytes: memory.end(), seconds: (Date.now() - start) / 1000 };
  return { status, signal, output, errors, use, ...(exceeded !== undefined && { exceeded }) };
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // it has ended
  }
}

/** Watches the resident memory of a process and those that it started. Only Linux lets others see it. */
export function watchMemory(pid: number): { peak(): number; end(): number } {
  let peak = 0;
  const sample = () => {
    peak = Math.max(peak, residentMegabytes(pid));
  };
  sample();
  const timer = setInterval(sample, pollInterval);
  return {
    peak: () => peak,
    end: () => {
      clearInterval(timer);
      sample();
      return peak;
    },
  };
}

function residentMegabytes(root: number): number {
  const parents = new Map<number, number>();
  for (const name of processNames()) {
    const parent = /^\d+ \(.*\) \S (\d+)/s.exec(readIfThere(`/proc/${name}/stat`))?.[1];
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const isBelow = (pid: number): boolean => pid === root || (parents.has(pid) && pid > 1 && isBelow(parents.get(pid)!));
  let kilobytes = 0;
  for (const pid of parents.keys())
    if (isBelow(pid)) kilobytes += Number(/^VmRSS:\s+(\d+)/m.exec(readIfThere(`/proc/${pid}/status`))?.[1] ?? 0);
  return kilobytes / 1000;
}

function processNames(): string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc').filter(name => /^\d+$/.test(name));
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // the process has ended
  }
}
