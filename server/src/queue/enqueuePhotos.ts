import { withBullQueue } from './bullQueue';
import { idOfJob, photoSetSchema, type PhotoJob, type PhotoSet } from './photoJob';
import { readJobs } from './queuedJobs';
import { namesKey, stateKey } from './queueKeys';
import type { QueueConnection } from './queueConnection';

/** The number of jobs that are sent or read at once. */
const jobsAtOnce = 100;

export interface EnqueueOptions {
  readonly name: string;
  readonly set: PhotoSet;
  /** Photos of a job. */
  readonly batch: number;
  /** Jobs of a smaller number go first; 0: before all that have one. */
  readonly priority: number;
}

/** How many photos were queued, in how many jobs, and how many were queued before. */
export interface Enqueued {
  readonly photos: number;
  readonly jobs: number;
  readonly known: number;
}

/**
 * Queues photos in jobs, those of the same set that are queued already left out.
 * @throws QueueError, and what the list of photos throws: the jobs before are queued then
 */
export async function enqueuePhotos(
  connection: QueueConnection,
  { name, batch, priority, ...options }: EnqueueOptions,
  photos: AsyncIterable<string>,
): Promise<Enqueued> {
  const set = photoSetSchema.parse(options.set); // with one order of keys, so that equal sets have equal digests
  return withBullQueue<PhotoJob, Enqueued>(connection, name, async queue => {
    const send = async (jobs: readonly PhotoJob[]) => {
      const entries = jobs.map(job => ({ id: idOfJob(job), job }));
      // Counted first: should this be the end, the same call heals it, since it finds no job of these photos.
      await connection.runAll(client => {
        const counts = Object.fromEntries(entries.map(({ id, job }) => [id, job.photos.length]));
        return client.multi().sadd(namesKey, name).hset(stateKey(name, 'jobs'), counts);
      });
      await connection.run(() =>
        queue.addBulk(
          entries.map(({ id, job }) => ({
            name: 'photos',
            data: job,
            opts: { jobId: id, ...(priority > 0 && { priority }) },
          })),
        ),
      );
    };
    const queued = await queuedPhotos(connection, name, set);
    let count = { photos: 0, jobs: 0, known: 0 };
    let waiting: string[] = [];
    let jobs: PhotoJob[] = [];
    const close = () => {
      if (waiting.length > 0) jobs.push({ kind: 'labelless photos', set, photos: waiting });
      count = { ...count, photos: count.photos + waiting.length, jobs: count.jobs + (waiting.length > 0 ? 1 : 0) };
      waiting = [];
    };
    for await (const photo of photos) {
      if (queued.has(photo)) {
        count = { ...count, known: count.known + 1 };
        continue;
      }
      waiting.push(photo);
      if (waiting.length < batch) continue;
      close();
      if (jobs.length < jobsAtOnce) continue;
      await send(jobs);
      jobs = [];
    }
    close();
    if (jobs.length > 0) await send(jobs);
    return count;
  });
}

/** The photos of a set that are in jobs of a queue, whatever has become of them. */
async function queuedPhotos(connection: QueueConnection, name: string, set: PhotoSet): Promise<Set<string>> {
  const photos = new Set<string>();
  const wanted = JSON.stringify(set);
  const ids = await connection.run(client => client.hkeys(stateKey(name, 'jobs')));
  for (let at = 0; at < ids.length; at += jobsAtOnce) {
    for (const job of await readJobs(connection, name, ids.slice(at, at + jobsAtOnce)))
      if (job && JSON.stringify(job.set) === wanted) for (const photo of job.photos) photos.add(photo);
  }
  return photos;
}
