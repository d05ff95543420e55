import { stat } from 'node:fs/promises';
import path from 'node:path';
import { reasonOf } from '../../../../mask/errors';
import { outputNames } from '../../../../mask/files/fileNames';
import { siblingNames } from '../../engine/formats/writeDocument';
import { loadImage } from '../../engine/image/loadImage';
import { openReference, type ReferenceSegmenter, type ReferenceImage } from '../../engine/segment/referenceImages';
import type { SegmentedImage } from '../../engine/segment/segmentFile';
import type { SegmentTask } from '../jobMessages';
import { RateLimiter } from './segmentProgress';
import { openBackend, type TaskContext } from './taskContext';

/**
 * The references learned last in this process. Each image of a batch is a task of its own, with the same references.
 */
let last: { readonly key: string; readonly reference: ReferenceSegmenter } | undefined;

/** Segments an image with the labels of its references. It trains on them unless the last task did. */
export async function segmentByReferences(
  task: SegmentTask,
  context: Pick<TaskContext, 'signals' | 'emit'>,
): Promise<SegmentedImage> {
  const started = performance.now();
  const image = await loadImage(task.path, task.settings.limits);
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
    settings: { clustering, seed, backend, limits, output },
  } = task;
  const changed = await Promise.all(
    references.map(file =>
      stat(file).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    ),
  );
  const key = JSON.stringify([references, changed, clustering, seed, backend, limits, output.folder]);
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
      emit({ type: 'log', level: 'warn', message: `A reference is left out: ${reasonOf(error)}` });
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
