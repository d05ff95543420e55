import { JobRecord } from './jobRecord';
import type { PhotoJob } from './photoJob';
import type { PhotoResult, PhotoRun } from './photoMessages';
import type { PhotoProcess, RunEnd } from './photoProcess';
import type { QueueConnection } from './queueConnection';

/** The number of failures after which a photo is set aside. */
const mostFailures = 3;

/** How a job was left: all of its photos are through; some wait for another attempt; stopped; a machine's trouble. */
export type JobEnd =
  | { readonly how: 'through' }
  | { readonly how: 'again' }
  | { readonly how: 'stopped' }
  | { readonly how: 'trouble'; readonly reason: string };

/** What became of a photo; one that failed is tried again unless it was set aside. */
export interface PhotoEvent {
  readonly photo: string;
  readonly outcome: PhotoResult['outcome'];
  readonly reason: string | undefined;
  readonly isSetAside: boolean;
}

export interface JobContext {
  readonly connection: QueueConnection;
  readonly queue: string;
  readonly process: PhotoProcess;
  readonly machine: Pick<PhotoRun, 'threads' | 'tensorflow'>;
  readonly onPhoto: (event: PhotoEvent) => void;
}

/**
 * Segments the photos of a job of which nothing has become yet, and notes in Redis what has. New ones go together; one
 * that failed before goes alone, so that it is clear which photo ends the process.
 */
export async function runJob(id: string, job: PhotoJob, context: JobContext, stop: AbortSignal): Promise<JobEnd> {
  const record = new JobRecord(context.connection, context.queue, id, job.photos);
  const open = await record.open();
  const failedBefore = open.filter(({ failures }) => failures > 0).map(({ index }) => index);
  let fresh = open.filter(({ failures }) => failures === 0).map(({ index }) => index);
  let isLeft = false;
  while (fresh.length > 0) {
    const { end, rest, isAgain } = await runPhotos(fresh, job, record, context, stop);
    isLeft ||= isAgain;
    if (end.how === 'trouble') return end;
    if (stop.aborted) return { how: 'stopped' };
    fresh = end.how === 'died' ? rest : [];
  }
  for (const index of failedBefore) {
    const { end, isAgain } = await runPhotos([index], job, record, context, stop);
    isLeft ||= isAgain;
    if (end.how === 'trouble') return end;
    if (stop.aborted) return { how: 'stopped' };
  }
  return { how: isLeft ? 'again' : 'through' };
}

/** @returns the photos of which nothing is known, and whether one that failed is left for another attempt */
async function runPhotos(
  indices: readonly number[],
  job: PhotoJob,
  record: JobRecord,
  { process, machine, onPhoto }: JobContext,
  stop: AbortSignal,
): Promise<{ end: RunEnd; rest: number[]; isAgain: boolean }> {
  const places = new Map(indices.map(index => [job.photos[index]!, index]));
  const notes: Promise<void>[] = [];
  let isAgain = false;
  const note = async ({ photo, outcome, reason }: Pick<PhotoResult, 'photo' | 'outcome' | 'reason'>) => {
    const index = places.get(photo);
    if (index === undefined) return;
    places.delete(photo);
    const isSetAside = outcome === 'failed' && (await record.countFailure(index)) >= mostFailures;
    if (outcome !== 'failed' || isSetAside) await record.finish(index, outcome, reason);
    else isAgain = true;
    onPhoto({ photo, outcome, reason, isSetAside });
  };
  const run = { type: 'run' as const, job: { ...job, photos: indices.map(index => job.photos[index]!) }, ...machine };
  const end = await process.run(run, result => notes.push(kept(note(result))), stop);
  await Promise.all(notes);
  const [at] = places.keys();
  if (end.how === 'died' && at !== undefined) await note({ photo: at, outcome: 'failed', reason: end.reason });
  return { end, rest: [...places.values()], isAgain };
}

/** Keeps an error for where the promise is awaited. */
function kept(promise: Promise<void>): Promise<void> {
  promise.catch(() => undefined);
  return promise;
}
