import { openBackend } from '../../engine/backend/open';
import type { BackendReport } from '../../../../protocol/server';
import { backendNames } from '../../../../protocol/settings';
import type { ProbeTask } from '../messages';
import { backendOptions } from './backend';

/** Tries every back end. */
export async function probe({ settings }: ProbeTask): Promise<BackendReport[]> {
  const reports: BackendReport[] = [];
  for (const name of backendNames.filter(each => each !== 'auto')) {
    const failure = await openBackend(name, backendOptions(settings)).then(() => undefined, (error: Error) => error.message);
    reports.push(failure === undefined ? { name, state: 'works' } : { name, state: 'missing', detail: failure });
  }
  return reports;
}
