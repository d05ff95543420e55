import { batchSizes, type PhotoJob } from './photoJob';
import { readJobs } from './queuedJobs';
import { outcomes } from './queueKeys';
import type { QueueConnection } from './queueConnection';

/** The most photos that are told at once. */
const mostAtOnce = 1000;
/** The most jobs that are read at once. */
const jobsAtOnce = 200;

/** Photos of a place that are done. */
export interface DonePhotos {
  readonly places: PhotoJob['set']['places'];
  readonly photos: readonly string[];
}

/** Tells which photos of a queue have been done since it was asked before. */
export class NewResults {
  /** The outcomes of jobs whose photos have been told. */
  private readonly told = new Map<string, string>();
  private readonly untold = new Map<string, string>();

  /** Takes the outcomes of a job as they are now. */
  note(job: string, latest: string): void {
    if ((this.told.get(job) ?? '') === latest) this.untold.delete(job);
    else this.untold.set(job, latest);
  }

  /** Whether something is left to be told. */
  get more(): boolean {
    return this.untold.size > 0;
  }

  /** At most 1000 photos that are done and have not been told; those that are left are told next time. */
  async next(connection: QueueConnection, queue: string): Promise<DonePhotos[]> {
    const part = [...this.untold].slice(0, jobsAtOnce);
    const found: DonePhotos[] = [];
    let count = 0;
    const ids = part.map(([id]) => id);
    const data = await readJobs(connection, queue, ids);
    for (const [index, [id, latest]] of part.entries()) {
      if (count + batchSizes.most > mostAtOnce) break;
      const before = this.told.get(id) ?? '';
      const job = data[index];
      const isNew = (_: string, at: number) => latest[at] === outcomes.done && before[at] !== outcomes.done;
      const photos = job?.photos.filter(isNew) ?? [];
      if (job && photos.length > 0) found.push({ places: job.set.places, photos });
      count += photos.length;
      this.told.set(id, latest);
      this.untold.delete(id);
    }
    return found;
  }
}
