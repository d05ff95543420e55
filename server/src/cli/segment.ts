import { openBackend } from '../engine/backend/open';
import { runBatch } from './batch';
import { findInputs } from './inputs';
import { interruptedStatus, onInterrupt } from './interrupt';
import { parseSegmentOptions, type SegmentOptions } from './options';
import { Reporter } from './reporter';
import { sampleOptions } from './sample';

/** `labelless segment`: masks for images; see `usage.ts`. */
export async function segmentCommand(args: string[]): Promise<number> {
  const options = sampleOptions(parseSegmentOptions(args));
  const found = await findInputs(options);
  const reporter = new Reporter(options);
  for (const failure of found.failures) reporter.failed(failure);
  const interrupt = onInterrupt();
  try {
    const context = {
      options, openBackend: backendOpener(options),
      signals: { stop: new AbortController().signal, cancel: interrupt.signal },
      onProgress: reporter.progress,
    };
    for await (const outcome of runBatch(found.images, context)) reporter.finished(outcome);
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    reporter.end();
    process.stderr.write('labelless: interrupted; images already written stay\n');
    return interruptedStatus;
  } finally {
    interrupt.release();
  }
  reporter.end();
  return reporter.failures.length > 0 ? 1 : 0;
}

/** The back end is opened with the first image that needs it, and kept for the rest. */
export function backendOpener({ settings }: Pick<SegmentOptions, 'settings'>) {
  let backend: ReturnType<typeof openBackend> | undefined;
  return () => backend ??= openBackend(settings.backend, {
    threads: settings.limits.threads, tensorflowFolder: settings.tensorflow.folder,
    report: ({ name, state, detail }) => {
      if (state !== 'works') process.stderr.write(`labelless: the back end ${name} does not work here: ${detail ?? state}\n`);
    },
  });
}
