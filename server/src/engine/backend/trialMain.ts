import { reasonOf } from '../../../../mask/errors';
import { advice } from './backendPresence';
import { openNamed } from './openBackend';
import type { BackendReport } from '../../../../protocol/backends';
import { tryBackend } from './trialStep';
import type { TrialRequest } from './backendTrials';

/** The process of one trial: tries the back end that its argument names, sends its report to the parent, and ends. */
async function main(): Promise<void> {
  const { name, options } = JSON.parse(process.argv[2]) as TrialRequest;
  let trial: BackendReport;
  try {
    const milliseconds = await tryBackend(await openNamed(name, options));
    const detail = advice(name);
    trial = { name, state: 'works', milliseconds, ...(detail !== undefined && { detail }) };
  } catch (error) {
    trial = { name, state: 'failed', detail: reasonOf(error).split('\n', 1)[0] };
  }
  process.send?.(trial, () => process.exit()); // at once: WebAssembly's threads and drivers' own would keep it
}

void main();
