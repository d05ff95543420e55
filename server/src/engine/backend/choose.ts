import { ChoiceMemory, choiceKey } from './choice';
import { loadNative } from './native';
import { absence } from './presence';
import type { BackendReport, RunnableBackendName } from '../../../../protocol/backends';
import type { BackendOptions } from './session';
import { tryInProcess } from './trialProcess';

const accelerators: readonly RunnableBackendName[] = ['cuda', 'directml', 'coreml', 'webgpu', 'tensorflow'];

/** What a choice is made with; tests bring their own. */
export interface ChoosingMeans {
  readonly memory: ChoiceMemory;
  readonly present: (name: RunnableBackendName) => boolean;
  readonly attempt: (name: RunnableBackendName) => Promise<BackendReport>;
}

/**
 * The back end for `auto`: the fastest that works, by a trial of each accelerator that may be here and of the
 * processor. Without one, which takes no trial to know, the processor. WebAssembly where that has no native code. The
 * choice is remembered; an accelerator that was chosen before is tried once more, in case it works no longer, but no
 * others are.
 */
export async function choose(
  options: BackendOptions,
  means: Partial<ChoosingMeans> = {},
): Promise<RunnableBackendName> {
  const {
    memory = new ChoiceMemory(),
    present = name => absence(name, options.tensorflowFolder) === undefined,
    attempt = name => tryInProcess(name, options),
  } = means;
  const candidates = accelerators.filter(present);
  if (candidates.length === 0) return processor(options);
  const key = choiceKey(options, candidates);
  const before = memory.recall(key);
  if (before) {
    const again = accelerators.includes(before.name) ? await attempt(before.name) : undefined;
    if (again?.state !== 'failed' && again?.state !== 'missing') {
      for (const trial of before.trials) options.report?.(trial.name === again?.name ? again : trial);
      return before.name;
    }
  }
  const trials: BackendReport[] = [];
  for (const name of [...candidates, 'cpu' as const]) {
    // one at a time: they would slow each other
    const trial = await attempt(name);
    options.report?.(trial);
    trials.push(trial);
  }
  const working = trials.filter(({ state }) => state === 'works').sort((a, b) => a.milliseconds! - b.milliseconds!);
  const name = working.length > 0 ? working[0].name : 'wasm';
  memory.keep(key, { name, trials, time: Date.now() });
  return name;
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
