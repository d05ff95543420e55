import { reasonOf } from '../../../../mask/errors';
import { availableParallelism } from 'node:os';
import type { BackendName } from '../../../../protocol/names';
import type { BackendReport, RunnableBackendName } from '../../../../protocol/backends';
import { loadNative, openAccelerator, openCpu, openWasm } from './onnxBackends';
import type { Backend, BackendOptions } from './session';
import { openTensorflow } from './tensorflowBackend';
import { choiceKey, ChoiceMemory } from './choiceMemory';
import { absenceReason, withoutNativeCode } from './backendPresence';
import { tryBackendInProcess } from './backendTrials';

/**
 * Opens a back end by name; for `auto` the fastest that works here, which takes a trial of each accelerator that seems
 * present.
 * @throws Error that says what is missing and how to get it
 */
export async function openBackend(name: BackendName, options: BackendOptions): Promise<Backend> {
  return openNamed(name === 'auto' ? await chooseBackend(options) : name, options);
}

/** Opens one back end by name. Whether it works, only `tryBackend` finds out. */
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

const accelerators: readonly RunnableBackendName[] = ['cuda', 'directml', 'coreml', 'webgpu', 'tensorflow'];

/** The memory, the check for presence and the trial that a choice is made with; tests pass their own. */
export interface ChoiceContext {
  readonly memory: ChoiceMemory;
  readonly present: (name: RunnableBackendName) => boolean;
  readonly attempt: (name: RunnableBackendName) => Promise<BackendReport>;
}

/**
 * Chooses the back end for `auto`: the fastest that works, by a trial of each accelerator that may be present and of
 * the processor. Without any accelerator it is the processor, untried, or WebAssembly where the processor has no native
 * code. The choice is remembered; an accelerator that was chosen before is tried once more, but no other is.
 */
export async function chooseBackend(
  options: BackendOptions,
  means: Partial<ChoiceContext> = {},
): Promise<RunnableBackendName> {
  const {
    memory = new ChoiceMemory(),
    present = name => absenceReason(name, options.tensorflowFolder) === undefined,
    attempt = name => tryBackendInProcess(name, options),
  } = means;
  const candidates = accelerators.filter(present);
  if (candidates.length === 0) return processor(options);
  const key = choiceKey(options, candidates);
  const before = memory.recall(key);
  if (before) {
    const again = accelerators.includes(before.name) ? await attempt(before.name) : undefined;
    if (again?.state !== 'failed' && again?.state !== 'missing') {
      for (const trial of before.trials) options.onTrial?.(trial.name === again?.name ? again : trial);
      return before.name;
    }
  }
  const trials: BackendReport[] = [];
  for (const name of [...candidates, 'cpu' as const]) {
    // one at a time: they would slow each other
    const trial = await attempt(name);
    options.onTrial?.(trial);
    trials.push(trial);
  }
  const working = trials.filter(({ state }) => state === 'works').sort((a, b) => a.milliseconds! - b.milliseconds!);
  const name = working.length > 0 ? working[0].name : 'wasm';
  memory.keep(key, { name, trials, time: Date.now() });
  return name;
}

async function processor({ onTrial }: BackendOptions): Promise<RunnableBackendName> {
  try {
    await loadNative();
    return 'cpu';
  } catch (error) {
    onTrial?.({ name: 'cpu', state: 'missing', detail: withoutNativeCode() ?? reasonOf(error) });
    return 'wasm';
  }
}
