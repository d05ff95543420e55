import { backendNames } from '../../../../protocol/backends';
import { ChoiceMemory } from './choice';
import type { BackendReport } from '../../../../protocol/backends';
import type { BackendOptions } from './session';
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
): AsyncGenerator<BackendReport> {
  memory.forget();
  for (const name of backendNames) if (name !== 'auto') yield await tryInProcess(name, options, script);
}
