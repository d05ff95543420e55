import { openBackend as open } from '../../engine/backend/open';
import type { Backend, BackendOptions, BackendTrial } from '../../engine/backend/session';
import { tryBackend } from '../../engine/backend/trial';
import type { Settings } from '../../../../protocol/settings';
import type { SegmentTask } from '../messages';
import type { TaskContext } from './run';

/** What opening a back end depends on. */
export function backendOptions({ limits, tensorflow }: Settings): BackendOptions {
  return { threads: limits.threads, ...(tensorflow.folder !== '' && { tensorflowFolder: tensorflow.folder }) };
}

/** Opens the back end that the settings ask for, for `auto` the one remembered first, and tells which it is. */
export async function openBackend({ settings, remembered }: SegmentTask, emit: TaskContext['emit']): Promise<Backend> {
  const options = backendOptions(settings);
  const trials: BackendTrial[] = [];
  const report = (trial: BackendTrial) => {
    trials.push(trial);
    if (trial.state !== 'works') emit({ type: 'log', level: 'warn', message: `The back end ${trial.name} does not work here: ${trial.detail ?? trial.state}` });
  };
  const backend = (remembered && await openRemembered(remembered, options, report)) ?? await open(settings.backend, { ...options, report });
  emit({ type: 'backend', name: backend.name, trials });
  return backend;
}

/** What `auto` chose before, unless it works no more, as after a driver's update. */
async function openRemembered(name: Backend['name'], options: BackendOptions, report: (trial: BackendTrial) => void): Promise<Backend | undefined> {
  try {
    const backend = await open(name, options);
    if (name !== 'cpu') await tryBackend(backend);
    return backend;
  } catch (error) {
    report({ name, state: 'failed', detail: (error as Error).message });
    return undefined;
  }
}
