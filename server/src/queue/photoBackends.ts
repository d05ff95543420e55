import { reasonOf } from '../../../mask/errors';
import type { Settings } from '../../../protocol/settings';
import { backendOpener } from '../batch/backendOpener';
import { tryBackendInProcess } from '../engine/backend/backendTrials';
import type { Backend } from '../engine/backend/session';
import { MachineError } from './machineTrouble';
import type { PhotoRun } from './photoMessages';

/** The back ends that jobs ask for, each opened once. */
export class PhotoBackends {
  private readonly opened = new Map<string, Promise<Backend>>();

  /**
   * A function that opens the back end for the settings of a job. What is of this machine comes from this machine: the
   * folder that TensorFlow.js is loaded from, and the number of threads where the job does not name one. It throws a
   * MachineError where the back end does not work here, which is no failure of a photo.
   */
  openerFor(
    settings: Settings,
    { threads, tensorflow }: Pick<PhotoRun, 'threads' | 'tensorflow'>,
  ): () => Promise<Backend> {
    const limits = { ...settings.limits, threads: settings.limits.threads > 0 ? settings.limits.threads : threads };
    const local = { ...settings, limits, tensorflow: { folder: tensorflow } };
    const key = JSON.stringify([local.backend, limits.threads]);
    return () => {
      const backend = this.opened.get(key) ?? open(local);
      this.opened.set(key, backend);
      return backend.catch((error: unknown) => {
        this.opened.delete(key); // it may have been repaired when the next job asks for it
        throw new MachineError(`the back end ${local.backend} cannot be used here: ${reasonOf(error)}`);
      });
    };
  }
}

/** Opens a back end; one that depends on the machine is tried first, since otherwise only a photo would find out. */
async function open(settings: Settings): Promise<Backend> {
  const { backend, limits, tensorflow } = settings;
  if (backend !== 'auto' && backend !== 'cpu' && backend !== 'wasm') {
    const { state, detail } = await tryBackendInProcess(backend, {
      threads: limits.threads,
      tensorflowFolder: tensorflow.folder,
    });
    if (state !== 'works') throw new Error(detail ?? state);
  }
  return backendOpener(settings)();
}
