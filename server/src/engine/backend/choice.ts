import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, homedir, release } from 'node:os';
import path from 'node:path';
import { env } from 'onnxruntime-common';
import * as z from 'zod';
import { version } from '../../../../package.json';
import {
  backendNames,
  backendReport,
  runnableBackendName,
  type RunnableBackendName,
} from '../../../../protocol/backends';
import type { BackendOptions } from './session';

const choice = z.object({
  name: runnableBackendName,
  trials: z.array(backendReport).max(backendNames.length),
  time: z.number(),
});
const file = z.record(z.string(), choice);

/** What `auto` chose, by which trials, and when (milliseconds since 1970). */
export type Choice = z.infer<typeof choice>;

/** So many days a choice lasts: what failed then may work by now, in ways that the key does not tell. */
const days = 7;
const mostChoices = 8;

/**
 * Choices of `auto` in a file of the user's cache folder, shared by all processes. Whatever is wrong with the file, a
 * choice is made anew.
 */
export class ChoiceMemory {
  constructor(private readonly path: string = defaultPath()) {}

  recall(key: string): Choice | undefined {
    return this.read()[key];
  }

  keep(key: string, made: Choice): void {
    const others = Object.entries(this.read())
      .filter(([other]) => other !== key)
      .sort(([, a], [, b]) => b.time - a.time);
    try {
      mkdirSync(path.dirname(this.path), { recursive: true });
      const draft = `${this.path}.${process.pid}`;
      writeFileSync(draft, JSON.stringify(Object.fromEntries([[key, made], ...others].slice(0, mostChoices))));
      renameSync(draft, this.path);
    } catch {
      // No folder to write to: the next process tries again.
    }
  }

  forget(): void {
    try {
      rmSync(this.path, { force: true });
    } catch {
      // It stays for a week at most.
    }
  }

  private read(): Record<string, Choice> {
    try {
      const now = Date.now();
      const all = file.parse(JSON.parse(readFileSync(this.path, 'utf8')));
      return Object.fromEntries(
        Object.entries(all).filter(([, { time }]) => time <= now && now - time < days * 86_400_000),
      );
    } catch {
      return {};
    }
  }
}

/** Where this system keeps what can be made again. */
function defaultPath(): string {
  const { LOCALAPPDATA, XDG_CACHE_HOME = '' } = process.env;
  const unix = path.isAbsolute(XDG_CACHE_HOME) ? XDG_CACHE_HOME : path.join(homedir(), '.cache');
  const folders: Partial<Record<NodeJS.Platform, string>> = {
    win32: LOCALAPPDATA ?? path.join(homedir(), 'AppData', 'Local'),
    darwin: path.join(homedir(), 'Library', 'Caches'),
  };
  return path.join(folders[process.platform] ?? unix, 'labelless', 'backends.json');
}

/**
 * Stands for all that a choice depends on, as far as it can be told without trials: programs, drivers, devices,
 * settings.
 */
export function choiceKey(
  { threads, tensorflowFolder = '' }: BackendOptions,
  candidates: readonly RunnableBackendName[],
): string {
  const facts = [
    version,
    env.versions.common,
    process.version,
    process.platform,
    process.arch,
    release(),
    cpus()[0]?.model,
    availableParallelism(),
    process.env.VK_DRIVER_FILES,
    process.env.VK_ICD_FILENAMES,
    process.env.CUDA_VISIBLE_DEVICES,
    quietly(() => readdirSync('/dev/dri').sort().join()),
    quietly(() => readFileSync('/proc/driver/nvidia/version', 'utf8')),
    threads,
    tensorflowFolder,
    ...['tfjs-node-gpu', 'tfjs-node'].map(build =>
      quietly(() =>
        readFileSync(path.join(tensorflowFolder, 'node_modules', '@tensorflow', build, 'package.json'), 'utf8'),
      ),
    ),
    candidates.join(),
  ];
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex');
}

function quietly(look: () => string): string {
  try {
    return look();
  } catch {
    return '';
  }
}
