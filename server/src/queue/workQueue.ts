import { availableParallelism } from 'node:os';
import { version } from '../../../package.json';
import { HeldJob } from './heldJob';
import { runJob, type JobEnd, type PhotoEvent } from './jobRun';
import { foreignJob, JobSource, type TakenJob } from './jobSource';
import { photoJobSchema } from './photoJob';
import { PhotoProcess } from './photoProcess';
import type { QueueConnection } from './queueConnection';
import { WorkerReport } from './workerReport';

export interface WorkOptions {
  /** The queue to work for; undefined: all that there are. */
  readonly name: string | undefined;
  /** Processes that segment photos at the same time. */
  readonly concurrency: number;
  /** Where TensorFlow.js lies on this machine; '' for nowhere. */
  readonly tensorflow: string;
  /** Seconds without a sign of a worker after which its jobs go to others. */
  readonly stalledAfter: number;
  /** Seconds after which a photo that failed is tried again, and after which a machine in trouble tries again. */
  readonly retryAfter: number;
  /** Whether to end once no job waits or runs. */
  readonly untilDone: boolean;
}

/** What a worker tells while it works. */
export interface WorkEvents {
  onPhoto(queue: string, photo: string, outcome: 'done' | 'kept' | 'failed' | 'set aside', reason?: string): void;
  /** A job ended that has not gone through, or Redis or this machine have a problem. */
  onNote(note: string): void;
}

/**
 * Works at the jobs of queues until it is stopped. Photos are segmented in processes of their own, so that this one is
 * free to keep its locks.
 * @param stop ends it behind the photos that are under way, whose jobs go back
 * @throws QueueError when Redis is away for good
 */
export async function workQueue(
  connection: QueueConnection,
  options: WorkOptions,
  events: WorkEvents,
  stop: AbortSignal,
): Promise<void> {
  const worker = new QueueWorker(connection, options, events, AbortSignal.any([stop, connection.lost]));
  const onStop = () => {
    connection.limitPatience(patienceAtEnd);
  };
  stop.addEventListener('abort', onStop, { once: true });
  try {
    await worker.work();
  } finally {
    await worker.end();
    stop.removeEventListener('abort', onStop);
  }
  connection.lost.throwIfAborted();
}

class QueueWorker {
  private readonly source: JobSource;
  private readonly report: WorkerReport;
  private readonly free: PhotoProcess[];
  private readonly running = new Set<Promise<void>>();
  private readonly machine;
  private readonly told = new Set<string>();

  constructor(
    private readonly connection: QueueConnection,
    private readonly options: WorkOptions,
    private readonly events: WorkEvents,
    private readonly stop: AbortSignal,
  ) {
    const { concurrency, tensorflow } = options;
    this.machine = { tensorflow, threads: Math.max(1, Math.floor(availableParallelism() / concurrency)) };
    this.free = Array.from({ length: concurrency }, () => new PhotoProcess());
    this.report = new WorkerReport(connection, concurrency);
    this.source = new JobSource(connection, options, (queue, problem) => {
      if (!connection.isAway) this.tell(`${queue}: ${problem}`);
    });
  }

  async work(): Promise<void> {
    while (!this.stop.aborted) {
      const process = this.free.pop();
      if (!process) {
        await Promise.race([...this.running]);
        continue;
      }
      const taken = await this.source.next(this.stop);
      if (!taken) {
        this.free.push(process);
        if (this.options.untilDone && this.running.size === 0 && (await this.source.isDone())) break;
        continue;
      }
      const run: Promise<void> = this.run(taken, process).finally(() => {
        this.free.push(process);
        this.running.delete(run);
      });
      run.catch(() => undefined); // awaited below
      this.running.add(run);
    }
    await Promise.all(this.running);
  }

  async end(): Promise<void> {
    await Promise.allSettled(this.running);
    for (const process of this.free) process.end();
    await this.report.end().catch(() => undefined);
    await this.source.close();
  }

  private async run(taken: TakenJob, process: PhotoProcess): Promise<void> {
    const { queue } = taken;
    const { stalledAfter, retryAfter } = this.options;
    const held = new HeldJob(this.connection, taken, stalledAfter);
    try {
      await this.report.join(queue);
      const end = await this.segment(taken, process, AbortSignal.any([this.stop, held.lost]));
      if (end.how === 'foreign') {
        this.events.onNote(`${queue}: ${foreignJob}`);
        await held.fail(foreignJob);
      } else if (end.how === 'trouble') {
        this.tell(`${queue}: ${end.reason}`);
        this.report.setTrouble(queue, end.reason);
        // The job comes last, so that this machine comes to others; not to all at once, as they may be alike.
        this.source.rest(queue, restAfterTrouble);
        await held.giveBack(retryAfter * 1000);
      } else if (end.how === 'stopped') await held.giveBack();
      else if (end.how === 'again') await held.giveBack(retryAfter * 1000);
      else await held.complete();
    } finally {
      held.release();
    }
  }

  private async segment(
    taken: TakenJob,
    process: PhotoProcess,
    stop: AbortSignal,
  ): Promise<JobEnd | { how: 'foreign' }> {
    const { queue, job } = taken;
    const { data, success } = photoJobSchema.safeParse(job.data);
    if (!success || job.id === undefined) return { how: 'foreign' };
    if (data.set.version !== version)
      return {
        how: 'trouble',
        reason: `a job is of Labelless ${data.set.version}, this is ${version}; it is left for workers of that version`,
      };
    const onPhoto = ({ photo, outcome, isSetAside, reason }: PhotoEvent) => {
      const told = isSetAside ? 'set aside' : outcome;
      this.report.add(queue, { photo, outcome: told, ...(reason !== undefined && { reason }) });
      this.events.onPhoto(queue, photo, told, reason);
    };
    const { connection, machine } = this;
    return runJob(job.id, data, { connection, queue, process, machine, onPhoto }, stop);
  }

  /** Tells something that may come again and again, once. */
  private tell(note: string): void {
    if (this.told.has(note) || this.told.size >= 1000) return;
    this.told.add(note);
    this.events.onNote(note);
  }
}

/** Seconds that Redis may be away when the worker is to end. */
const patienceAtEnd = 5;
/** Milliseconds that a machine in trouble leaves a queue to others. */
const restAfterTrouble = 1000;
