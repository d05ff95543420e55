import type { Queue } from 'bullmq';
import { withBullQueue } from './bullQueue';
import { isOutcome, outcomes, outcomesKey, endsField, namesKey, photoField, stateKey } from './queueKeys';
import type { QueueConnection } from './queueConnection';

/** The number of jobs that are looked at at once. */
const jobsAtOnce = 100;

function changeQueue<T>(connection: QueueConnection, name: string, act: (queue: Queue) => Promise<T>): Promise<T> {
  return connection.run(() => withBullQueue(connection, name, act));
}

/** Queues the photos that were set aside once more, and the jobs that failed. @returns how many of each */
export function retryPhotos(connection: QueueConnection, name: string): Promise<{ photos: number; jobs: number }> {
  return changeQueue(connection, name, async queue => {
    const jobs = await queue.getFailedCount();
    await queue.retryJobs({ state: 'failed' });
    const fields = await connection.run(client => client.hkeys(stateKey(name, 'failures')));
    let photos = 0;
    for (const id of new Set(fields.map(field => field.slice(0, field.lastIndexOf('/'))))) {
      const reopened = await reopenPhotos(connection, name, id);
      if (reopened === 0) continue;
      photos += reopened;
      const job = await queue.getJob(id);
      if (await job?.isCompleted()) await job?.retry('completed');
    }
    return { photos, jobs };
  });
}

/** Forgets that photos of a job failed. @returns how many photos that is */
async function reopenPhotos(connection: QueueConnection, name: string, id: string): Promise<number> {
  const known = (await connection.run(client => client.get(outcomesKey(name, id)))) ?? '';
  const failed = [...known].flatMap((letter, index) => (letter === outcomes.failed ? [index] : []));
  if (failed.length === 0) return 0;
  const fields = failed.map(index => photoField(id, index));
  await connection.runAll(client => {
    const change = client.multi();
    for (const index of failed) change.setrange(outcomesKey(name, id), index, '\0');
    return change
      .hdel(stateKey(name, 'failures'), ...fields)
      .hdel(stateKey(name, 'attempts'), ...fields, ...fields.map(endsField));
  });
  return failed.length;
}

/**
 * Takes back what waits: photos that are under way end normally, and what is done stays.
 * @returns how many photos will not be segmented
 */
export function cancelPhotos(connection: QueueConnection, name: string): Promise<number> {
  return changeQueue(connection, name, async queue => {
    let photos = 0;
    for (const state of ['waiting', 'prioritized', 'delayed'] as const) {
      for (;;) {
        const jobs = await queue.getJobs([state], 0, jobsAtOnce - 1);
        let removed = 0;
        for (const job of jobs) {
          if (job?.id === undefined || (await queue.remove(job.id)) !== 1) continue;
          removed++;
          photos += await forgetJob(connection, name, job.id);
        }
        if (removed === 0) break;
      }
    }
    const isLeft = (await connection.run(client => client.hlen(stateKey(name, 'jobs')))) > 0;
    if (!isLeft) await connection.run(client => client.srem(namesKey, name));
    return photos;
  });
}

/** Drops a job from the counts. @returns how many of its photos were not through */
async function forgetJob(connection: QueueConnection, name: string, id: string): Promise<number> {
  const size = Number((await connection.run(client => client.hget(stateKey(name, 'jobs'), id))) ?? 0);
  const known = (await connection.run(client => client.get(outcomesKey(name, id)))) ?? '';
  const through = [...known].filter(isOutcome).length;
  const fields = Array.from({ length: Math.max(size, 1) }, (_, index) => photoField(id, index));
  await connection.runAll(client =>
    client
      .multi()
      .hdel(stateKey(name, 'jobs'), id)
      .hdel(stateKey(name, 'underway'), id)
      .del(outcomesKey(name, id))
      .hdel(stateKey(name, 'failures'), ...fields)
      .hdel(stateKey(name, 'attempts'), ...fields, ...fields.map(endsField)),
  );
  return size - through;
}
