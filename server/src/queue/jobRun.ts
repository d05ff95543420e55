import { JobRecord } from './jobRecord';
import type { PhotoJob } from './photoJob';
import type { PhotoResult, PhotoRun } from './photoMessages';
import type { PhotoProcess, RunEnd } from './photoProcess';
import type { QueueConnection } from './queueConnection';

/** The number of failures after which a photo is set aside. */
const mostFailures = 3;
/** The number of workers that may end at a photo: machines are taken away for other reasons, too. */
const mostEnds = 6;

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
 * at which something ended before goes alone and last, so that it is clear which photo it is, and the others are done.
 */
export async function runJob(id: string, job: PhotoJob, context: JobContext, stop: AbortSignal): Promise<JobEnd> {
  const record = new JobRecord(context.connection, context.queue, id, job.photos);
  const open = await record.open();
  const isSuspect = (photo: (typeof open)[number]) => photo.failures > 0 || photo.ends > 0;
  let fresh = open.filter(photo => !isSuspect(photo)).map(({ index }) => index);
  let isLeft = false;
  const run = async (indices: readonly number[]) => {
    const part = await new PartOfJob(indices, job, record, context).run(stop);
    isLeft ||= part.isAgain;
    return part;
  };
  while (fresh.length > 0) {
    const { end, rest } = await run(fresh);
    if (end.how === 'trouble') return end;
    if (stop.aborted) return { how: 'stopped' };
    fresh = end.how === 'died' ? rest : [];
  }
  for (const { index, ends } of open.filter(isSuspect)) {
    if (ends >= mostEnds) {
      await record.finish(index, 'failed', endedWorkers);
      context.onPhoto({ photo: job.photos[index]!, outcome: 'failed', reason: endedWorkers, isSetAside: true });
      continue;
    }
    const { end } = await run([index]);
    if (end.how === 'trouble') return end;
    if (stop.aborted) return { how: 'stopped' };
  }
  // Photos that were set aside may have been put back meanwhile.
  isLeft ||= (await record.open()).length > 0;
  return { how: isLeft ? 'again' : 'through' };
}

const endedWorkers = `${mostEnds} workers ended while they segmented it, often since memory ran out`;

/** Some photos of a job in one run of a process. */
class PartOfJob {
  /** The indices of photos of which nothing is known, by their names, in order; the first is under way. */
  private readonly open: Map<string, number>;
  private isAgain = false;
  private notes: Promise<void>;

  constructor(
    indices: readonly number[],
    private readonly job: PhotoJob,
    private readonly record: JobRecord,
    private readonly context: JobContext,
  ) {
    this.open = new Map(indices.map(index => [job.photos[index]!, index]));
    this.notes = record.begin(indices[0]!);
    this.notes.catch(() => undefined); // awaited in `run`
  }

  /** @returns the photos of which nothing is known, and whether one that failed is left for another attempt */
  async run(stop: AbortSignal): Promise<{ end: RunEnd; rest: number[]; isAgain: boolean }> {
    const { job, open, context } = this;
    const wanted = { type: 'run' as const, job: { ...job, photos: [...open.keys()] }, ...context.machine };
    const note = (result: Pick<PhotoResult, 'photo' | 'outcome' | 'reason'>) => {
      this.notes = this.notes.then(() => this.note(result)); // one after the other
      this.notes.catch(() => undefined); // awaited below
    };
    const end = await context.process.run(wanted, note, stop);
    await this.notes;
    const [under] = open.entries();
    if (under && end.how === 'died') await this.note({ photo: under[0], outcome: 'failed', reason: end.reason });
    await this.record.leave();
    return { end, rest: [...open.values()], isAgain: this.isAgain };
  }

  private async note({ photo, outcome, reason }: Pick<PhotoResult, 'photo' | 'outcome' | 'reason'>): Promise<void> {
    const index = this.open.get(photo);
    if (index === undefined) return;
    const [before] = this.open.values();
    this.open.delete(photo);
    const [first] = this.open.values();
    const next = first === before ? undefined : first; // it is under way already
    const isSetAside = outcome === 'failed' && (await this.record.countFailure(index)) >= mostFailures;
    if (outcome !== 'failed' || isSetAside) await this.record.finish(index, outcome, reason);
    else this.isAgain = true;
    if (next !== undefined) await this.record.begin(next);
    this.context.onPhoto({ photo, outcome, reason, isSetAside });
  }
}
