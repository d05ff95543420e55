import path from 'node:path';
import { stat } from 'node:fs/promises';
import { encodeBytes, encodeHierarchy, encodeRegions } from '../../../../mask/files/codec';
import type { SegmentationSummary } from '../../../../protocol/segmentMessages';
import { siblingNames } from '../../engine/formats/writeDocument';
import { segmentFile, type SegmentedImage } from '../../engine/segment/segmentFile';
import type { SegmentTask, SegmentTaskResult } from '../jobMessages';
import { largeToFile } from '../largeResults';
import { progressReporter, rememberLast, RateLimiter } from './segmentProgress';
import { openBackend, segmentServices, type TaskContext } from './taskContext';
import { isChosen } from '../../engine/session/batchChoice';
import { writeSegmentation } from '../../engine/segment/writeSegmentation';
import { reasonOf } from '../../../../mask/errors';
import { outputNames } from '../../../../mask/files/fileNames';
import { checkOutputNames } from '../../engine/segment/imageFolder';
import { loadImage } from '../../engine/image/loadImage';
import { counted } from '../../engine/common/counted';
import { openReference, type ReferenceSegmenter, type ReferenceImage } from '../../engine/segment/referenceImages';

/** Segments one image file, and writes its mask or returns it. Progress and previews are emitted on the way. */
export async function segment(
  task: SegmentTask,
  { signals, folder, emit, beginWriting }: TaskContext,
): Promise<SegmentTaskResult> {
  const { target } = task;
  if (target === 'write')
    checkOutputNames(task.path, task.settings.output.formats, await siblingNames(task.path, task.siblings));
  const encode = rememberLast(encodeRegions);
  const result =
    task.references.length > 0
      ? await segmentByReferences(task, { signals, emit })
      : await train(task, { signals, emit }, encode);
  emit({ type: 'log', level: 'info', message: describe(task.path, result.summary) });
  for (const note of result.image.notes) emit({ type: 'log', level: 'info', message: `${task.path}: ${note}` });
  if (target === 'write') {
    beginWriting();
    return write(result, task, emit);
  }
  const {
    segmentation: { regions, hierarchy, model, scribbleClasses },
    summary,
  } = result;
  const classes = {
    ...(model && { regionClasses: encodeBytes(model.regionClasses) }),
    ...(scribbleClasses && { scribbleClasses: encodeBytes(scribbleClasses) }),
  };
  return {
    segmentation: await largeToFile(
      { regions: encode(regions), hierarchy: encodeHierarchy(hierarchy), ...classes, summary },
      folder,
    ),
  };
}

async function train(
  task: SegmentTask,
  { signals, emit }: Pick<TaskContext, 'signals' | 'emit'>,
  encode: typeof encodeRegions,
): Promise<SegmentedImage> {
  const services = segmentServices(task.settings, emit);
  const run = segmentFile(task.path, task.settings, services, signals, task.scribbles);
  const report = progressReporter(task, emit, encode);
  let step = await run.next();
  for (; !step.done; step = await run.next()) report(step.value);
  return step.value;
}

/** The line for the log about a segmentation. */
function describe(
  file: string,
  { method, iterations, predictions, seconds, backend, stopped, reduced }: SegmentationSummary,
): string {
  const size = reduced ? `; trained at ${reduced.width} × ${reduced.height}, for ${reduced.reason}` : '';
  const work =
    predictions === undefined
      ? `${iterations} iterations${stopped ? ' until stopped' : ''}`
      : counted(predictions, 'prediction');
  return `${file}: ${method}, ${work}, ${seconds.toFixed(2)} s with ${backend}${size}`;
}

/** Writes the outputs that the settings ask for, into their folder or beside the image. */
async function write(
  result: SegmentedImage,
  { path: image, settings: { output }, siblings, named }: SegmentTask,
  emit: TaskContext['emit'],
): Promise<SegmentTaskResult> {
  const folder = path.resolve(path.dirname(image), output.folder);
  const { files, regions, lost, notes } = await writeSegmentation(result, {
    folder,
    formats: output.formats,
    values: output.values,
    siblings: await siblingNames(image, siblings),
    mayReplace: status => isChosen(status, named),
    polygonTolerance: output.polygonTolerance,
  });
  for (const message of lost) emit({ type: 'log', level: 'info', message: `${image}: ${message}` });
  for (const note of notes) emit({ type: 'log', level: 'warn', message: `${image}: ${note}` });
  return {
    written: Object.values(files),
    regions,
    summary: result.summary,
    ...(notes.length > 0 && { notes: [...notes] }),
  };
}

/** The references learned last in this process: each image of a batch is a task, and all have the same references. */
let last: { readonly key: string; readonly reference: ReferenceSegmenter } | undefined;

/** Segments an image with the labels of its references; trains on them unless the last task did. */
async function segmentByReferences(
  task: SegmentTask,
  context: Pick<TaskContext, 'signals' | 'emit'>,
): Promise<SegmentedImage> {
  const started = performance.now();
  const image = await loadImage(task.path, task.settings.limits, { view: task.settings.image });
  const reference = await learnedReference(task, context);
  const result = await reference.segment(image, started);
  context.signals.cancel.throwIfAborted();
  return result;
}

async function learnedReference(
  task: SegmentTask,
  { signals, emit }: Pick<TaskContext, 'signals' | 'emit'>,
): Promise<ReferenceSegmenter> {
  const {
    references,
    settings: { clustering, together, seed, backend, limits, output, image },
  } = task;
  const changed = await Promise.all(
    references.map(file =>
      stat(file).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    ),
  );
  const key = JSON.stringify([references, changed, clustering, together, seed, backend, limits, output.folder, image]);
  if (last?.key === key) return last.reference;
  await last?.reference.dispose();
  last = undefined;
  const files = await Promise.all(references.map(file => referenceOf(file, task)));
  const limiter = new RateLimiter();
  const reference = await openReference(
    files,
    task.settings,
    await openBackend(task.settings, emit),
    signals,
    (iteration, iterations, loss) => {
      limiter.runIfDue(() => {
        emit({ type: 'progress', iteration, iterations, loss, regions: 0 });
      });
    },
    error => {
      emit({ type: 'log', level: 'warn', message: `Nothing is learned from a reference: ${reasonOf(error)}` });
    },
  );
  last = { key, reference };
  return reference;
}

/** A reference with the location of its mask: in the folder of the settings, or beside the image. */
async function referenceOf(file: string, { settings: { output }, siblings }: SegmentTask): Promise<ReferenceImage> {
  const { mask } = outputNames(path.basename(file), await siblingNames(file, siblings));
  return { file, masks: [path.resolve(path.dirname(file), output.folder, mask)] };
}
