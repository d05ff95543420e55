import { availableParallelism } from 'node:os';
import type { BackendName } from '../../../../protocol/settings';
import { openCpu } from './cpu';
import type { Backend } from './session';
import { openWasm } from './wasm';

export interface BackendOptions {
  /** Threads of the CPU back ends; 0 takes one per core. */
  readonly threads: number;
  /** Folder in whose node_modules tfjs-node is looked for. */
  readonly tensorflowFolder?: string;
  /** Hears what was tried and why it failed. */
  readonly log?: (line: string) => void;
}

/** Opens a back end by name. Throws an error that says what is missing and how to get it. */
export async function openBackend(name: BackendName, options: BackendOptions): Promise<Backend> {
  const threads = options.threads > 0 ? options.threads : availableParallelism();
  if (name === 'auto') return await openFirst(threads, options.log);
  if (name === 'cpu') return await openCpu(threads);
  if (name === 'wasm') return await openWasm(threads);
  throw new Error(`The back end ${name} is not part of this build; choose cpu, wasm or auto`);
}

/** The native back end, and where it has no binary for this platform WebAssembly. */
async function openFirst(threads: number, log?: (line: string) => void): Promise<Backend> {
  try {
    return await openCpu(threads);
  } catch (error) {
    log?.(`The back end cpu does not run here, wasm takes its place: ${(error as Error).message}`);
    return await openWasm(threads);
  }
}
