import type { BackendReport } from '../../../../protocol/server';
import type { ProbeTask } from '../messages';

/** Tries every back end with a small training step. */
export function probe(_task: ProbeTask): Promise<BackendReport[]> {
  return Promise.resolve([]);
}
