import { backendNames } from '../../../../protocol/settings';
import type { BackendOptions, BackendTrial } from './session';
import { tryInProcess } from './trialProcess';

/** Tries every back end, one after the other. @param script the bundle of trialMain.ts, by default beside the caller's */
export async function* probeBackends(options: BackendOptions, script?: string): AsyncGenerator<BackendTrial> {
  for (const name of backendNames) if (name !== 'auto') yield await tryInProcess(name, options, script);
}
