import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import * as z from 'zod';
import { version } from '../../../package.json';
import { stateKey } from './queueKeys';
import type { QueueConnection } from './queueConnection';

/** The results of a worker that are told, the newest last. */
const mostRecent = 20;
/** The longest time in milliseconds over which photos are counted. */
const longestSpan = 300_000;
/** Milliseconds between two reports. */
const interval = 5000;
/** Milliseconds after which the last report of a worker is deleted. */
const forgottenAfter = 3_600_000;

/** What a worker tells of itself in Redis, under each queue that it has worked for. */
export const workerReportSchema = z.object({
  host: z.string(),
  pid: z.number(),
  version: z.string(),
  concurrency: z.number(),
  /** Milliseconds since 1970 by the clock of Redis. */
  seen: z.number(),
  /** Photos in the last seconds, and how many seconds. */
  photos: z.number(),
  seconds: z.number(),
  /** What keeps it from working, where something does. */
  trouble: z.string().optional(),
  recent: z.array(z.object({ photo: z.string(), outcome: z.string(), at: z.number(), reason: z.string().optional() })),
});
export type WorkerState = z.infer<typeof workerReportSchema>;

/** The clock of Redis in milliseconds since 1970, since those of machines differ. */
export async function redisNow(connection: QueueConnection): Promise<number> {
  const [seconds, microseconds] = await connection.run(client => client.time());
  return Number(seconds) * 1000 + Math.floor(Number(microseconds) / 1000);
}

interface QueueWork {
  readonly since: number;
  readonly times: number[];
  recent: WorkerState['recent'];
  trouble: string | undefined;
}

/** Tells in Redis every few seconds how a worker is. */
export class WorkerReport {
  private readonly id = randomUUID();
  private readonly queues = new Map<string, QueueWork>();
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly connection: QueueConnection,
    private readonly concurrency: number,
  ) {
    this.timer = setInterval(() => {
      if (!connection.isAway) void this.send().catch(() => undefined); // the connection is watched elsewhere
    }, interval);
  }

  /** Begins to report to a queue. */
  async join(queue: string): Promise<void> {
    if (this.queues.has(queue)) return;
    this.of(queue);
    await this.forgetOthers(queue);
    await this.send();
  }

  add(queue: string, result: { photo: string; outcome: string; reason?: string }): void {
    const work = this.of(queue);
    work.times.push(Date.now());
    work.trouble = undefined;
    work.recent = [...work.recent, { ...result, at: Date.now() }].slice(-mostRecent);
  }

  setTrouble(queue: string, trouble: string): void {
    this.of(queue).trouble = trouble;
  }

  /** Stops, and takes the reports back. */
  async end(): Promise<void> {
    clearInterval(this.timer);
    if (this.connection.isAway) return;
    for (const queue of this.queues.keys())
      await this.connection.run(client => client.hdel(stateKey(queue, 'workers'), this.id));
  }

  private of(queue: string): QueueWork {
    const known = this.queues.get(queue) ?? { since: Date.now(), times: [], recent: [], trouble: undefined };
    this.queues.set(queue, known);
    return known;
  }

  private async send(): Promise<void> {
    const seen = await redisNow(this.connection);
    for (const [queue, work] of this.queues) {
      const begin = Date.now() - longestSpan;
      while (work.times[0] !== undefined && work.times[0] < begin) work.times.shift();
      const state: WorkerState = {
        host: hostname(),
        pid: process.pid,
        version,
        concurrency: this.concurrency,
        seen,
        photos: work.times.length,
        seconds: (Date.now() - Math.max(work.since, begin)) / 1000,
        ...(work.trouble !== undefined && { trouble: work.trouble }),
        recent: work.recent,
      };
      await this.connection.run(client => client.hset(stateKey(queue, 'workers'), this.id, JSON.stringify(state)));
    }
  }

  /** Deletes the reports of workers that were killed long ago. */
  private async forgetOthers(queue: string): Promise<void> {
    const now = await redisNow(this.connection);
    const reports = await this.connection.run(client => client.hgetall(stateKey(queue, 'workers')));
    const isOld = (text: string) => {
      const seen = /"seen":(\d{1,16})/.exec(text)?.[1];
      return seen === undefined || now - Number(seen) > forgottenAfter;
    };
    const old = Object.entries(reports).flatMap(([id, text]) => (isOld(text) ? [id] : []));
    if (old.length > 0) await this.connection.run(client => client.hdel(stateKey(queue, 'workers'), ...old));
  }
}
