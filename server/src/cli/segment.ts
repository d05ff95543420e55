import path from 'node:path';
import { outputNames } from '../../../mask/files/fileNames';
import { openBackend } from '../engine/backend/open';
import type { Backend } from '../engine/backend/session';
import { readScribbles } from '../engine/image/scribbleImage';
import { openReference, type Reference } from '../engine/segment/referenceImages';
import { siblingNames } from '../engine/formats/write';
import type { RunSignals } from '../engine/common/segmentationRun';
import { runBatch } from './batch';
import { counted } from '../engine/common/counted';
import { findInputs } from './inputs';
import { interruptedStatus, onInterrupt } from './interrupt';
import { parseSegmentOptions, type SegmentOptions } from './options';
import { failureLine } from './report';
import { Reporter } from './reporter';
import { sampleOptions } from './sample';
import { UsageError } from './usage';

/** `labelless segment`: masks for images; see `usage.ts`. */
export async function segmentCommand(args: string[]): Promise<number> {
  const options = sampleOptions(parseSegmentOptions(args));
  const found = await findInputs(options);
  const reporter = new Reporter(options);
  for (const failure of found.failures) reporter.failed(failure);
  const interrupt = onInterrupt();
  let reference: Reference | undefined;
  try {
    const signals = { stop: new AbortController().signal, cancel: interrupt.signal };
    const openBackend = backendOpener(options);
    reference = options.references.length > 0 ? await learn(options, openBackend, signals) : undefined;
    const scribbles =
      options.scribbles === undefined ? undefined : await readScribbles(options.scribbles, options.settings.limits);
    if (scribbles && found.images.length > 1) throw new UsageError('--scribbles is of one image');
    const context = { options, openBackend, reference, scribbles, signals, onProgress: reporter.progress };
    for await (const outcome of runBatch(found.images, context)) reporter.finished(outcome);
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    reporter.end();
    process.stderr.write('labelless: interrupted; images already written stay\n');
    return interruptedStatus;
  } finally {
    await reference?.dispose();
    interrupt.release();
  }
  reporter.end();
  return reporter.failures.length > 0 ? 1 : 0;
}

/** Trains on the references. @throws Error for one that cannot be used: without it labels would mean something else */
async function learn(
  options: SegmentOptions,
  openBackend: () => Promise<Backend>,
  signals: RunSignals,
): Promise<Reference> {
  const { images, failures } = await findInputs({ ...options, inputs: options.references });
  if (failures.length > 0) throw new Error(failureLine(failures[0]));
  const files = await Promise.all(
    images.map(async ({ file, output }) => {
      const { mask } = outputNames(path.basename(file), await siblingNames(file));
      return { file, masks: [...new Set([output, path.dirname(file)].map(folder => path.resolve(folder, mask)))] };
    }),
  );
  const reference = await openReference(files, options.settings, await openBackend(), signals);
  const { images: count, iterations, naming } = reference;
  process.stderr.write(
    `labelless: learned ${counted(naming.classes.length, 'label')} from ${counted(count, 'reference')} in ${counted(iterations, 'iteration')}\n`,
  );
  return reference;
}

/** The back end is opened with the first image that needs it, and kept for the rest. */
export function backendOpener({ settings }: Pick<SegmentOptions, 'settings'>) {
  let backend: ReturnType<typeof openBackend> | undefined;
  return () =>
    (backend ??= openBackend(settings.backend, {
      threads: settings.limits.threads,
      tensorflowFolder: settings.tensorflow.folder,
      report: ({ name, state, detail }) => {
        if (state !== 'works')
          process.stderr.write(`labelless: the back end ${name} does not work here: ${detail ?? state}\n`);
      },
    }));
}
