import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, release } from 'node:os';
import path from 'node:path';
import { env } from 'onnxruntime-common';
import * as z from 'zod';
import { version } from '../../../../package.json';
import { backendNames } from '../../../../protocol/names';
import { backendReport, runnableBackendName, type RunnableBackendName } from '../../../../protocol/backends';
import { userCacheFolder } from '../common/cacheFolder';
import type { BackendOptions } from './session';

const choice = z.object({
  name: runnableBackendName,
  trials: z.array(backendReport).max(backendNames.length),
  time: z.number(),
});
const file = z.record(z.string(), choice);

/** What `auto` chose, by which trials, and when (milliseconds since 1970). */
export type BackendChoice = z.infer<typeof choice>;

/** Days that a choice lasts: what failed may work by then, in ways that do not show in the key. */
const days = 7;
const mostChoices = 8;

/**
 * Remembers the choices of `auto` in a file of the user's cache folder, which all processes share. Where the file is
 * damaged, a choice is made anew.
 */
export class ChoiceMemory {
  constructor(private readonly path: string = defaultPath()) {}

  recall(key: string): BackendChoice | undefined {
    return this.read()[key];
  }

  keep(key: string, made: BackendChoice): void {
    const others = Object.entries(this.read())
      .filter(([other]) => other !== key)
      .sort(([, a], [, b]) => b.time - a.time);
    try {
      mkdirSync(path.dirname(this.path), { recursive: true });
      const temporary = `${this.path}.${process.pid}`;
      writeFileSync(temporary, JSON.stringify(Object.fromEntries([[key, made], ...others].slice(0, mostChoices))));
      renameSync(temporary, this.path);
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

  private read(): Record<string, BackendChoice> {
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

/** The file in the cache folder of this system. */
function defaultPath(): string {
  return path.join(userCacheFolder(), 'backends.json');
}

/**
 * A hash of what a choice depends on, as far as that is known without trials: programs, drivers, devices, settings.
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
    orEmpty(() => readdirSync('/dev/dri').sort().join()),
    orEmpty(() => readFileSync('/proc/driver/nvidia/version', 'utf8')),
    threads,
    tensorflowFolder,
    ...['tfjs-node-gpu', 'tfjs-node'].map(build =>
      orEmpty(() =>
        readFileSync(path.join(tensorflowFolder, 'node_modules', '@tensorflow', build, 'package.json'), 'utf8'),
      ),
    ),
    candidates.join(),
  ];
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex');
}

function orEmpty(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
