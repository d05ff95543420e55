import { parentPort, workerData } from 'node:worker_threads';
import { ImageError } from '../../image/imageError';
import type { TargetSize } from '../../image/loadImage';
import type { ClassList } from '../layouts/classList';
import { renderBatch, type DatasetItem, type AugmentedSample } from './augmentation';
import type { Batch } from './experimentData';
import { loadItem, type DatasetItemFiles, type ReadSize } from './itemLoading';

/** A batch to make: its samples, and, in their order, the pictures that they show, as files or as read before. */
export interface BatchJob {
  readonly samples: readonly AugmentedSample[];
  readonly items: readonly (DatasetItemFiles | DatasetItem)[];
  /** The size at which files are read. */
  readonly stored: ReadSize;
  /** The size of the pictures in the batch. */
  readonly size: TargetSize;
}

export interface FileProblem {
  readonly file: string;
  readonly reason: string;
}

/** The result of a batch job. It has a batch unless there are problems. */
export interface BatchJobResult {
  readonly batch?: Batch;
  /** The pictures that were read for the batch, in its order. */
  readonly read: readonly (DatasetItem | undefined)[];
  readonly problems: readonly (FileProblem | undefined)[];
}

/** Makes a batch. A file that cannot be read is a problem in the result; nothing is thrown for it. */
export async function makeBatch(
  { samples, items, stored, size }: BatchJob,
  classes: ClassList,
): Promise<BatchJobResult> {
  const found = await Promise.all(
    items.map(async source => {
      if ('picture' in source) return { item: source };
      try {
        const item = await loadItem(source, classes, stored);
        return { item, read: item };
      } catch (error) {
        return {
          problem:
            error instanceof ImageError
              ? { file: error.file, reason: error.reason }
              : { file: source.image, reason: (error as Error).message },
        };
      }
    }),
  );
  const usable = found.flatMap(({ item }) => (item ? [item] : []));
  return {
    ...(usable.length === items.length && { batch: renderBatch(samples, usable, size) }),
    read: found.map(({ read }) => read),
    problems: found.map(({ problem }) => problem),
  };
}

/** Reads pictures and makes batches of them at the request of `BatchWorkerPool`. */
parentPort!.on('message', ({ id, job }: { id: number; job: BatchJob }) => {
  void makeBatch(job, workerData as ClassList).then(rendered => {
    const { batch } = rendered;
    const moved = batch
      ? [batch.images, ...(batch.labels ? [batch.labels] : [])].map(({ data }) => data.buffer as ArrayBuffer)
      : [];
    parentPort!.postMessage({ id, rendered }, moved);
  });
});
