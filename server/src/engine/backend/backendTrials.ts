import path from 'node:path';
import { fork } from 'node:child_process';
import { backendNames } from '../../../../protocol/names';
import type { BackendReport, RunnableBackendName } from '../../../../protocol/backends';
import { describeAbsence, remedy } from './backendPresence';
import type { BackendOptions } from './session';
import { ChoiceMemory } from './choiceMemory';

/** The argument of a trial's process, as JSON. */
export interface TrialRequest {
  readonly name: RunnableBackendName;
  readonly options: Omit<BackendOptions, 'report'>;
}

/** Seconds after which a trial is given up: one that somebody waits for, and one of those that were asked for. */
const [quickLimit, patientLimit] = [30, 90];
/** Length of the end of standard error that a failed trial's report quotes. */
const tailLength = 300;

/**
 * Tries a back end with a small training step in a process of its own, as a bad driver can end the process.
 * @param script the bundle of trialMain.ts
 * @param limit seconds after which it is given up
 */
export async function tryBackendInProcess(
  name: RunnableBackendName,
  { threads, tensorflowFolder }: BackendOptions,
  script = path.join(__dirname, 'trial.js'),
  limit = quickLimit,
): Promise<BackendReport> {
  const missing = describeAbsence(name, tensorflowFolder);
  if (missing !== undefined) return { name, state: 'missing', detail: missing };
  const request: TrialRequest = {
    name,
    options: { threads, ...(tensorflowFolder !== undefined && { tensorflowFolder }) },
  };
  const child = fork(script, [JSON.stringify(request)], {
    execArgv: [], // a debugger's port belongs to the server
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    timeout: limit * 1000,
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
      if (trial?.state === 'works') return resolve(trial);
      const end = child.killed ? `took more than ${limit} s` : `ended with ${signal ?? `exit status ${status}`}`;
      failed(trial?.detail ?? `its trial ${end}${errors === '' ? '' : `: ${errors.trim()}`}`);
    });
  });
}

/**
 * Tries every back end, one after the other. What `auto` chose before is forgotten, as one may have been repaired
 * since.
 * @param script the bundle of trialMain.ts, by default beside the caller's
 */
export async function* probeBackends(
  options: BackendOptions,
  script?: string,
  memory = new ChoiceMemory(),
): AsyncGenerator<BackendReport> {
  memory.forget();
  for (const name of backendNames)
    if (name !== 'auto') yield await tryBackendInProcess(name, options, script, patientLimit);
}
