import { parentPort, workerData } from 'node:worker_threads';
import type { ClassList } from './classes';
import { render, type RenderJob } from './render';

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
