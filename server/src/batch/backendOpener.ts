import type { Settings } from '../../../protocol/settings';
import { openBackend } from '../engine/backend/openBackend';
import type { Backend } from '../engine/backend/session';

/**
 * A function that opens the back end at its first call and returns the same one at later calls. Back ends that do not
 * work here are told on standard error.
 */
export function backendOpener(settings: Settings): () => Promise<Backend> {
  let backend: Promise<Backend> | undefined;
  return () =>
    (backend ??= openBackend(settings.backend, {
      threads: settings.limits.threads,
      tensorflowFolder: settings.tensorflow.folder,
      onTrial: ({ name, state, detail }) => {
        if (state !== 'works')
          process.stderr.write(`labelless: the back end ${name} does not work here: ${detail ?? state}\n`);
      },
    }));
}
