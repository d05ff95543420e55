import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Job, UnrecoverableError, Worker } from 'bullmq';
import { bullPrefix, namesKey, queueName } from './queueKeys';
import type { QueueConnection } from './queueConnection';

/** A job that this process has locked. */
export interface TakenJob {
  readonly queue: string;
  readonly job: Job<unknown>;
  readonly token: string;
}

export interface SourceOptions {
  /** The queue to take jobs from; undefined: all that there are, in turns. */
  readonly name: string | undefined;
  /** Seconds without a sign of its worker after which a job goes to another one. */
  readonly stalledAfter: number;
}

/** What is told of a job that Labelless has not made. */
export const foreignJob =
  'a job is not one of Labelless; another program wrote it into this queue, and it is left as failed';

/** Seconds that a fetch waits for a job, at most. */
const longestWait = 2;
/** A job comes back when its worker ends; how often that may happen is only bounded against endless circles. */
const mostReturns = 1000;

/** Takes jobs from one queue or from all queues. Locks are renewed by whoever has the job. */
export class JobSource {
  private readonly workers = new Map<string, Worker<unknown>>();
  private readonly restingUntil = new Map<string, number>();
  private readonly id = randomUUID();
  private taken = 0;

  constructor(
    private readonly connection: QueueConnection,
    private readonly options: SourceOptions,
    private readonly onProblem: (queue: string, problem: string) => void,
  ) {}

  /** The next job; undefined where none comes within two seconds. @throws QueueError */
  async next(stop: AbortSignal): Promise<TakenJob | undefined> {
    const names = await this.names();
    const awake = names.filter(name => (this.restingUntil.get(name) ?? 0) <= Date.now());
    for (const queue of awake) {
      if (stop.aborted) return undefined;
      const found = await this.take(queue, awake.length === 1 && names.length === 1);
      if (found) return found;
    }
    if (awake.length !== 1 || names.length !== 1)
      await sleep(longestWait * 500, undefined, { signal: stop }).catch(ignored);
    return undefined;
  }

  /** Leaves a queue alone for some time. */
  rest(queue: string, milliseconds: number): void {
    this.restingUntil.set(queue, Date.now() + milliseconds);
  }

  /** Whether no job waits or runs anywhere. */
  async isDone(): Promise<boolean> {
    for (const name of await this.names()) {
      const key = (kind: string) => `${bullPrefix}:${name}:${kind}`;
      const found = await this.connection.run(client =>
        client.exists(key('wait'), key('paused'), key('active'), key('delayed'), key('prioritized')),
      );
      if (found > 0) return false;
    }
    return true;
  }

  async close(): Promise<void> {
    for (const worker of this.workers.values()) await worker.close(true).catch(ignored);
  }

  private async names(): Promise<string[]> {
    const { name } = this.options;
    if (name !== undefined) return [name];
    const names = await this.connection.run(client => client.smembers(namesKey));
    return names.filter(found => queueName.test(found)).sort();
  }

  private async take(queue: string, mayWait: boolean): Promise<TakenJob | undefined> {
    const token = `${this.id}:${this.taken++}`;
    const worker = await this.workerOf(queue);
    const job = await this.connection.run(() =>
      worker.getNextJob(token, { block: mayWait }).catch(async (error: unknown) => {
        if (!(error instanceof SyntaxError)) throw error;
        await this.failUnreadable(worker, token);
        return undefined;
      }),
    );
    return job && { queue, job, token };
  }

  /** Leaves a job as failed that was locked and whose data no JSON parser takes. */
  private async failUnreadable(worker: Worker<unknown>, token: string): Promise<void> {
    const key = (...parts: string[]) => [bullPrefix, worker.name, ...parts].join(':');
    const { client } = this.connection;
    for (const id of await client.lrange(key('active'), 0, -1)) {
      if ((await client.get(key(id, 'lock'))) !== token) continue;
      await new Job(worker, 'unreadable', {}, {}, id).moveToFailed(new UnrecoverableError(foreignJob), token, false);
      this.onProblem(worker.name, foreignJob);
    }
  }

  private async workerOf(queue: string): Promise<Worker<unknown>> {
    const known = this.workers.get(queue);
    if (known) return known;
    const milliseconds = this.options.stalledAfter * 1000;
    const worker = new Worker<unknown>(queue, null, {
      connection: this.connection.client,
      prefix: bullPrefix,
      skipVersionCheck: true, // its words are BullMQ's; `connectQueue` has checked
      autorun: false,
      drainDelay: longestWait,
      lockDuration: milliseconds,
      stalledInterval: Math.max(milliseconds / 2, 500),
      maxStalledCount: mostReturns,
    });
    worker.on('error', error => {
      this.onProblem(queue, error.message);
    });
    this.workers.set(queue, worker);
    await worker.startStalledCheckTimer();
    return worker;
  }
}

const ignored = () => undefined;
