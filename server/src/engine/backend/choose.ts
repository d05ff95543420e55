import { loadNative } from './native';
import { absence } from './presence';
import type { BackendOptions, BackendTrial, RunnableBackendName } from './session';
import { tryInProcess } from './trialProcess';

const accelerators: readonly RunnableBackendName[] = ['cuda', 'directml', 'coreml', 'webgpu', 'tensorflow'];

/**
 * The back end for `auto`: the fastest that works, by a trial of each accelerator that may be here and of the processor.
 * Without one, which takes no trial to know, the processor. WebAssembly where that has no native code.
 */
export async function choose(options: BackendOptions): Promise<RunnableBackendName> {
  const candidates = accelerators.filter(name => absence(name, options.tensorflowFolder) === undefined);
  if (candidates.length === 0) return processor(options);
  const trials: BackendTrial[] = [];
  for (const name of [...candidates, 'cpu' as const]) { // one at a time: they would slow each other
    const trial = await tryInProcess(name, options);
    options.report?.(trial);
    trials.push(trial);
  }
  const working = trials.filter(({ state }) => state === 'works').sort((a, b) => a.milliseconds! - b.milliseconds!);
  return working.length > 0 ? working[0].name : 'wasm';
}

async function processor({ report }: BackendOptions): Promise<RunnableBackendName> {
  try {
    await loadNative();
    return 'cpu';
  } catch (error) {
    report?.({ name: 'cpu', state: 'missing', detail: (error as Error).message });
    return 'wasm';
  }
}
