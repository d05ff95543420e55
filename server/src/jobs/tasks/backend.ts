import { openBackend as open } from '../../engine/backend/open';
import type { Backend } from '../../engine/backend/session';
import type { Settings } from '../../../../protocol/settings';
import type { SegmentTask } from '../messages';
import type { TaskContext } from './run';

/** What opening a back end depends on. */
export function backendOptions({ limits, tensorflow }: Settings): { threads: number; tensorflowFolder?: string } {
  return { threads: limits.threads, ...(tensorflow.folder !== '' && { tensorflowFolder: tensorflow.folder }) };
}

/** Opens the back end that the settings ask for, for `auto` the one remembered first, and tells which it is. */
export async function openBackend({ settings, remembered }: SegmentTask, emit: TaskContext['emit']): Promise<Backend> {
  const options = { ...backendOptions(settings), log: (message: string) => { emit({ type: 'log', level: 'info', message }); } };
  const backend = await open(remembered ?? settings.backend, options);
  emit({ type: 'backend', name: backend.name, failed: [] });
  return backend;
}
