import { openBackend as open } from '../../engine/backend/open';
import type { BackendReport } from '../../../../protocol/backends';
import type { Backend, BackendOptions } from '../../engine/backend/session';
import { tryBackend } from '../../engine/backend/trial';
import type { Settings } from '../../../../protocol/settings';
import type { SegmentTask } from '../messages';
import type { TaskContext } from './run';

/** What opening a back end depends on. */
export function backendOptions({ limits, tensorflow }: Settings): BackendOptions {
  return { threads: limits.threads, ...(tensorflow.folder !== '' && { tensorflowFolder: tensorflow.folder }) };
}

/** The back end of this process's last job: what opened once is taken again under the same settings. */
let last: { readonly key: string; readonly backend: Backend } | undefined;

/** Opens the back end that the settings ask for, and tells which it is and what `auto` tried to find it. */
export async function openBackend(
  { settings }: Pick<SegmentTask, 'settings'>,
  emit: TaskContext['emit'],
): Promise<Backend> {
  const options = backendOptions(settings);
  const key = JSON.stringify([settings.backend, options]);
  const trials: BackendReport[] = [];
  const report = (trial: BackendReport) => {
    trials.push(trial);
    if (trial.state !== 'works')
      emit({
        type: 'log',
        level: 'warn',
        message: `The back end ${trial.name} does not work here: ${trial.detail ?? trial.state}`,
      });
  };
  if (last?.key !== key || !(await stillWorks(last.backend, report))) {
    last = undefined;
    last = { key, backend: await open(settings.backend, { ...options, report }) };
  }
  emit({ type: 'backend', name: last.backend.name, trials });
  return last.backend;
}

/** A graphics card can be gone from one job to the next, as after a driver's update. */
async function stillWorks(backend: Backend, report: (trial: BackendReport) => void): Promise<boolean> {
  if (backend.name === 'cpu' || backend.name === 'wasm') return true;
  try {
    await tryBackend(backend);
    return true;
  } catch (error) {
    report({ name: backend.name, state: 'failed', detail: (error as Error).message });
    return false;
  }
}
