import type { MaskRequest } from '../../../mask/files/sidecar';
import type { Backend } from '../engine/backend/session';
import { readScribbles } from '../engine/image/scribbleImage';
import { ModelCache } from '../engine/adaptation/prediction/modelCache';
import { openReference, type ReferenceImage, type ReferenceSegmenter } from '../engine/segment/referenceImages';
import { counted } from '../engine/common/counted';
import type { StopSignals } from '../engine/common/methodRun';
import { chooseImages, unfinishedImages } from '../engine/session/batchChoice';
import type { WantedRequest } from '../engine/session/batchProgress';
import { openRequest } from '../engine/session/batchRequest';
import { forgetFailure, keepFailure } from '../engine/session/failedImages';
import { StatusReader } from '../engine/session/statusReader';
import { backendOpener } from '../batch/backendOpener';
import { runBatch, type ImageResult } from '../batch/imageBatch';
import { failureOf, type ImageInput } from '../batch/imageInput';
import { siblingsOfInputs } from '../batch/inputSiblings';
import { findInputs, type FoundInputs } from './inputImages';
import { findReferences } from './referenceInputs';
import type { SegmentOptions } from './segmentOptions';
import { SegmentReport } from './segmentReport';
import { UsageError } from './settingOptions';
import { isInShard, type Shard } from './shardOption';
import { interruptedStatus, onInterrupt } from './terminal';

/** `labelless segment`: writes masks for images. */
export async function segmentImages(options: SegmentOptions): Promise<number> {
  const report = new SegmentReport(options);
  const all = await findInputs(options);
  const { images, failures } = ofShard(all, options.shard);
  for (const failure of failures) report.addFailure(failure);
  if (options.scribbles !== undefined && images.length > 1) throw new UsageError('--scribbles is of one image');
  const interrupt = onInterrupt();
  const models = new ModelCache();
  let reference: ReferenceSegmenter | undefined;
  try {
    const signals = { stop: new AbortController().signal, cancel: interrupt.signal };
    const openBackend = backendOpener(options.settings);
    const references = await findReferences(options);
    const requestFor = await openRequest({ ...options, references });
    reference = references.length > 0 ? await learn(references, options, openBackend, signals) : undefined;
    const { settings } = options;
    const scribbles = options.scribbles && (await readScribbles(options.scribbles, settings.limits));
    const siblingsOf = siblingsOfInputs(all.images);
    const context = { options, openBackend, models, siblingsOf, requestFor, signals, onProgress: report.onProgress };
    const guides = { ...(reference && { reference }), ...(scribbles && { scribbles }) };
    const chosen = await choose(images, options, requestFor, report);
    for await (const result of runBatch(chosen, { ...context, ...guides })) {
      report.add(result);
      if (options.resume || options.shard) await remember(result, requestFor);
    }
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

/** The images of a share, and the failures that are told with it. */
function ofShard({ images, failures }: FoundInputs, shard: Shard | undefined): FoundInputs {
  if (!shard) return { images, failures };
  const isOwn = ({ relative }: { readonly relative?: string }) => relative === undefined || isInShard(relative, shard);
  return { images: images.filter(isOwn), failures: failures.filter(isOwn) };
}

/** Leaves out the images that stay as they are, and reports them. */
async function choose(
  images: readonly ImageInput[],
  { resume, only }: SegmentOptions,
  requestFor: (image: string) => Promise<WantedRequest>,
  report: SegmentReport,
): Promise<Iterable<ImageInput> | AsyncIterable<ImageInput>> {
  if (resume)
    return unfinishedImages(images, requestFor, (image, progress) => {
      if (progress.state === 'done') report.addLeftOut(image, 'done');
      else if (progress.problem === undefined) report.addLeftOut(image, progress.status);
      else report.addFailure({ name: image.name, reason: `${progress.problem}; ${remedyForKept}` });
    });
  const { chosen, leftOut } = await chooseImages(images, new StatusReader(), only);
  for (const { image, status } of leftOut) report.addLeftOut(image, status);
  return chosen;
}

const remedyForKept =
  "it may be a person's work and is left as it is: open it in the mask editor, or segment the image without " +
  '--resume, which keeps it beside the new one';

/** Keeps why an image failed for `labelless status`, or forgets it. */
async function remember(result: ImageResult, requestFor: (image: string) => Promise<MaskRequest>): Promise<void> {
  const { input } = result;
  if ('error' in result) await keepFailure(input, await requestFor(input.file), failureOf(input, result.error).reason);
  else await forgetFailure(input);
}

/** Trains on the references. @throws Error when one cannot be used, since labels would then have other meanings */
async function learn(
  references: readonly ReferenceImage[],
  { settings }: SegmentOptions,
  openBackend: () => Promise<Backend>,
  signals: StopSignals,
): Promise<ReferenceSegmenter> {
  const reference = await openReference(references, settings, await openBackend(), signals);
  const { images: count, iterations, naming } = reference;
  process.stderr.write(
    `labelless: learned ${counted(naming.classes.length, 'label')} from ${counted(count, 'reference')} ` +
      `${iterations > 0 ? `in ${counted(iterations, 'iteration')}` : 'by pretrained features'}\n`,
  );
  return reference;
}
