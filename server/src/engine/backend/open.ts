import { availableParallelism } from 'node:os';
import type { BackendName } from '../../../../protocol/backends';
import { choose } from './choose';
import { openAccelerator, openCpu } from './native';
import type { RunnableBackendName } from '../../../../protocol/backends';
import type { Backend, BackendOptions } from './session';
import { openTensorflow } from './tensorflow';
import { openWasm } from './wasm';

/**
 * Opens a back end by name; for `auto` the fastest that works here, which takes a trial of each accelerator that seems
 * present.
 * @throws Error that says what is missing and how to get it
 */
export async function openBackend(name: BackendName, options: BackendOptions): Promise<Backend> {
  return openNamed(name === 'auto' ? await choose(options) : name, options);
}

/** Opens one back end, which is not to say that it works: see `tryBackend`. */
export async function openNamed(
  name: RunnableBackendName,
  { threads: wanted, tensorflowFolder }: BackendOptions,
): Promise<Backend> {
  const threads = wanted > 0 ? wanted : availableParallelism();
  switch (name) {
    case 'cpu':
      return openCpu(threads);
    // Its first steps are slow until the program is compiled with care, which takes a core of its own meanwhile.
    case 'wasm':
      return openWasm(wanted > 0 ? wanted : Math.max(threads - 1, 1));
    case 'tensorflow':
      return openTensorflow(threads, tensorflowFolder);
    case 'webgpu':
    case 'cuda':
    case 'directml':
    case 'coreml':
      return openAccelerator(name);
  }
}
