import path from 'node:path';
import { outputNames } from '../../../mask/files/fileNames';
import type { Settings } from '../../../protocol/settings';
import { openBackend } from '../engine/backend/openBackend';
import type { Backend } from '../engine/backend/session';
import { siblingNames } from '../engine/formats/writeDocument';
import { readScribbles } from '../engine/image/scribbleImage';
import { ModelCache } from '../engine/adaptation/prediction/modelCache';
import { openReference, type ReferenceSegmenter } from '../engine/segment/referenceImages';
import { counted } from '../engine/common/counted';
import type { StopSignals } from '../engine/common/methodRun';
import { chooseImages } from '../engine/session/batchChoice';
import { StatusReader } from '../engine/session/statusReader';
import { runBatch } from './imageBatch';
import { findInputs } from './inputImages';
import type { SegmentOptions } from './segmentOptions';
import { failureLine, SegmentReport } from './segmentReport';
import { UsageError } from './settingOptions';
import { interruptedStatus, onInterrupt } from './terminal';

/** `labelless segment`: writes masks for images. */
export async function segmentImages(options: SegmentOptions): Promise<number> {
  const found = await findInputs(options);
  const report = new SegmentReport(options);
  for (const failure of found.failures) report.addFailure(failure);
  const interrupt = onInterrupt();
  const models = new ModelCache();
  let reference: ReferenceSegmenter | undefined;
  try {
    const signals = { stop: new AbortController().signal, cancel: interrupt.signal };
    const openBackend = backendOpener(options.settings);
    reference = options.references.length > 0 ? await learn(options, openBackend, signals) : undefined;
    const scribbles =
      options.scribbles === undefined ? undefined : await readScribbles(options.scribbles, options.settings.limits);
    if (scribbles && found.images.length > 1) throw new UsageError('--scribbles is of one image');
    const { chosen, leftOut } = await chooseImages(found.images, new StatusReader(), options.only);
    for (const { image, status } of leftOut) report.addLeftOut(image, status);
    const context = { options, openBackend, models, reference, scribbles, signals, onProgress: report.onProgress };
    for await (const result of runBatch(chosen, context)) report.add(result);
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    report.end();
    process.stderr.write('labelless: interrupted; images already written stay\n');
    return interruptedStatus;
  } finally {
    await reference?.dispose();
    await models.dispose();
    interrupt.release();
  }
  report.end();
  return report.failures.length > 0 ? 1 : 0;
}

/** Trains on the references. @throws Error when one cannot be used, since labels would then have other meanings */
async function learn(
  options: SegmentOptions,
  openBackend: () => Promise<Backend>,
  signals: StopSignals,
): Promise<ReferenceSegmenter> {
  const { images, failures } = await findInputs({ ...options, inputs: options.references });
  if (failures[0]) throw new Error(failureLine(failures[0]));
  const files = await Promise.all(
    images.map(async ({ file, output }) => {
      const { mask } = outputNames(path.basename(file), await siblingNames(file));
      return { file, masks: [...new Set([output, path.dirname(file)].map(folder => path.resolve(folder, mask)))] };
    }),
  );
  const reference = await openReference(files, options.settings, await openBackend(), signals);
  const { images: count, iterations, naming } = reference;
  process.stderr.write(
    `labelless: learned ${counted(naming.classes.length, 'label')} from ${counted(count, 'reference')} ` +
      `${iterations > 0 ? `in ${counted(iterations, 'iteration')}` : 'by pretrained features'}\n`,
  );
  return reference;
}

/** A function that opens the back end at its first call and returns the same one at later calls. */
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
