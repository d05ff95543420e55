import { openNamed } from './open';
import type { BackendReport } from '../../../../protocol/backends';
import { tryBackend } from './trial';
import type { TrialRequest } from './trialProcess';

/** The process of one trial: tries the back end that its argument names, tells its parent, and ends. */
async function main(): Promise<void> {
  const { name, options } = JSON.parse(process.argv[2]) as TrialRequest;
  let trial: BackendReport;
  try {
    trial = { name, state: 'works', milliseconds: await tryBackend(await openNamed(name, options)) };
  } catch (error) {
    trial = { name, state: 'failed', detail: error instanceof Error ? error.message.split('\n', 1)[0] : String(error) };
  }
  process.send?.(trial, () => process.exit()); // at once: WebAssembly's threads and drivers' own would keep it
}

void main();
