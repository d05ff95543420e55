import { probeBackends } from '../../engine/backend/probe';
import type { BackendReport } from '../../../../protocol/backends';
import type { ProbeTask } from '../messages';
import { backendOptions } from './backend';

/** Tries every back end. */
export async function probe({ settings }: ProbeTask): Promise<BackendReport[]> {
  const reports: BackendReport[] = [];
  for await (const report of probeBackends(backendOptions(settings))) reports.push(report);
  return reports;
}
