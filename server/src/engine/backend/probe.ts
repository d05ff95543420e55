import { backendNames } from '../../../../protocol/settings';
import { ChoiceMemory } from './choice';
import type { BackendOptions, BackendTrial } from './session';
import { tryInProcess } from './trialProcess';

/**
 * Tries every back end, one after the other. What `auto` chose before is forgotten: who looks at the back ends may have
 * mended one.
 * @param script the bundle of trialMain.ts, by default beside the caller's
 */
export async function* probeBackends(
  options: BackendOptions,
  script?: string,
  memory = new ChoiceMemory(),
): AsyncGenerator<BackendTrial> {
  memory.forget();
  for (const name of backendNames) if (name !== 'auto') yield await tryInProcess(name, options, script);
}
