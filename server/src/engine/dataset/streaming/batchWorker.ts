import { parentPort, workerData } from 'node:worker_threads';
import { ImageError } from '../../image/imageError';
import type { TargetSize } from '../../image/loadImage';
import type { ClassList } from '../layouts/classList';
import { renderBatch, type Item, type Sample } from './augmentation';
import type { Batch } from './experimentData';
import { loadItem, type ItemSource } from './itemLoading';

/** A batch to make: its samples, and by place in the batch what they show, as files or as read before. */
export interface RenderJob {
  readonly samples: readonly Sample[];
  readonly items: readonly (ItemSource | Item)[];
  /** The size that files are read at. */
  readonly stored: TargetSize;
  /** The batch's. */
  readonly size: TargetSize;
}

export interface Problem {
  readonly file: string;
  readonly reason: string;
}

/** What came of a job. There is a batch unless there are problems. */
export interface Rendered {
  readonly batch?: Batch;
  /** By place in the batch, what was read for it. */
  readonly read: readonly (Item | undefined)[];
  readonly problems: readonly (Problem | undefined)[];
}

/** Makes a batch. A file that cannot be read is a problem of the answer, and nothing is thrown for it. */
export async function render({ samples, items, stored, size }: RenderJob, classes: ClassList): Promise<Rendered> {
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

/** A thread that reads pictures and makes batches of them, as `RenderPool` asks. */
parentPort!.on('message', ({ id, job }: { id: number; job: RenderJob }) => {
  void render(job, workerData as ClassList).then(rendered => {
    const { batch } = rendered;
    const moved = batch
      ? [batch.images, ...(batch.labels ? [batch.labels] : [])].map(({ data }) => data.buffer as ArrayBuffer)
      : [];
    parentPort!.postMessage({ id, rendered }, moved);
  });
});
