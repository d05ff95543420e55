import { reasonOf } from '../../../../mask/errors';
import type { BackendReport } from '../../../../protocol/backends';
import type { Settings } from '../../../../protocol/settings';
import type { StopSignals } from '../../engine/common/methodRun';
import { openBackend as open } from '../../engine/backend/openBackend';
import { probeBackends } from '../../engine/backend/backendTrials';
import type { Backend, BackendOptions } from '../../engine/backend/session';
import { ModelCache } from '../../engine/adaptation/prediction/modelCache';
import type { SegmentServices } from '../../engine/segment/segmentFile';
import { tryBackend } from '../../engine/backend/trialStep';
import type { TaskEvent } from '../jobMessages';

/** The facilities that its process gives to a task. */
export interface TaskContext {
  readonly signals: StopSignals;
  /** The folder for results too large for a message. */
  readonly folder: string;
  readonly emit: (event: TaskEvent) => void;
  /** Called before files are written: the last moment for a cancel. */
  readonly beginWriting: () => void;
}

/** The options of a back end under these settings. */
export function backendOptions({ limits, tensorflow }: Settings): BackendOptions {
  return { threads: limits.threads, ...(tensorflow.folder !== '' && { tensorflowFolder: tensorflow.folder }) };
}

/** The trained network of this process's last task that used one. It goes with the process. */
const models = new ModelCache();

/** What the segmentations of this process share, under the settings of a task. */
export function segmentServices(settings: Settings, emit: TaskContext['emit']): SegmentServices {
  return { openBackend: () => openBackend(settings, emit), models };
}

/** The back end of this process's last task, used again under the same settings. */
let last: { readonly key: string; readonly backend: Backend } | undefined;

/** Opens the back end of the settings, and reports its name and the outcome of the back ends that `auto` tried. */
export async function openBackend(settings: Settings, emit: TaskContext['emit']): Promise<Backend> {
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
    last = { key, backend: await open(settings.backend, { ...options, onTrial: report }) };
  }
  emit({ type: 'backend', name: last.backend.name, trials });
  return last.backend;
}

/**
 * Whether a back end still works: a graphics card can be gone from one job to the next, as after an update of its
 * driver.
 */
async function stillWorks(backend: Backend, report: (trial: BackendReport) => void): Promise<boolean> {
  if (backend.name === 'cpu' || backend.name === 'wasm') return true;
  try {
    await tryBackend(backend);
    return true;
  } catch (error) {
    report({ name: backend.name, state: 'failed', detail: reasonOf(error) });
    return false;
  }
}

/** Tries every back end. */
export async function probe(settings: Settings): Promise<BackendReport[]> {
  const reports: BackendReport[] = [];
  for await (const report of probeBackends(backendOptions(settings))) reports.push(report);
  return reports;
}
