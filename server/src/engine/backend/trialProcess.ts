import { fork } from 'node:child_process';
import path from 'node:path';
import { absence, remedy } from './presence';
import type { BackendReport, RunnableBackendName } from '../../../../protocol/backends';
import type { BackendOptions } from './session';

/** What the trial's process is asked. */
export interface TrialRequest {
  readonly name: RunnableBackendName;
  readonly options: Omit<BackendOptions, 'report'>;
}

const timeLimit = 30_000;
/** Of what the process wrote to standard error, so much at its end is told. */
const tailLength = 300;

/**
 * Tries a back end with a small training step in a process of its own, for a bad driver ends the process it is used in.
 * @param script the bundle of trialMain.ts
 */
export async function tryInProcess(
  name: RunnableBackendName,
  { threads, tensorflowFolder }: BackendOptions,
  script = path.join(__dirname, 'trial.js'),
): Promise<BackendReport> {
  const missing = absence(name, tensorflowFolder);
  if (missing !== undefined) return { name, state: 'missing', detail: missing };
  const request: TrialRequest = {
    name,
    options: { threads, ...(tensorflowFolder !== undefined && { tensorflowFolder }) },
  };
  const child = fork(script, [JSON.stringify(request)], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    timeout: timeLimit,
    killSignal: 'SIGKILL',
  });
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    errors = (errors + chunk.toString()).slice(-tailLength);
  });
  return new Promise(resolve => {
    const failed = (reason: string) => {
      const advice = remedy(name);
      resolve({ name, state: 'failed', detail: advice === undefined ? reason : `${reason}; ${advice}` });
    };
    let trial: BackendReport | undefined;
    child.once('message', message => {
      trial = message as BackendReport;
    });
    child.once('error', error => {
      failed(`its trial could not be started: ${error.message}`);
    });
    child.once('close', (status, signal) => {
      if (trial?.state === 'works') resolve(trial);
      else
        failed(
          trial?.detail ??
            `its trial ended with ${signal ?? `exit status ${status}`}${errors === '' ? '' : `: ${errors.trim()}`}`,
        );
    });
  });
}
