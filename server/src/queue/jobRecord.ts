import * as z from 'zod';
import { endsField, outcomes, outcomesKey, photoField, stateKey, type Outcome } from './queueKeys';
import type { QueueConnection } from './queueConnection';

/** A photo that failed and was set aside, or is kept as it is for a reason that its owner should know. */
export const failureSchema = z.object({
  photo: z.string(),
  reason: z.string(),
  outcome: z.enum(['failed', 'kept']),
});
export type PhotoFailure = z.infer<typeof failureSchema>;

/** A photo of which nothing has become yet. */
export interface OpenPhotoRecord {
  readonly index: number;
  /** How often it failed. */
  readonly failures: number;
  /** How often a worker ended while it segmented the photo, without a word. */
  readonly ends: number;
}

/** The letters of a photo that waits, and of one that is under way. */
const waiting = '\0';
const underWay = 't';

/** What Redis knows of the photos of a job. */
export class JobRecord {
  private readonly key: string;
  private readonly attempts: string;

  constructor(
    private readonly connection: QueueConnection,
    private readonly queue: string,
    private readonly job: string,
    private readonly photos: readonly string[],
  ) {
    this.key = outcomesKey(queue, job);
    this.attempts = stateKey(queue, 'attempts');
  }

  /**
   * The photos of which nothing has become yet. One that was under way when its worker ended is counted: should it be
   * what ends workers, by the memory that it takes, it must not do so for ever.
   */
  async open(): Promise<OpenPhotoRecord[]> {
    const known = (await this.connection.run(client => client.get(this.key))) ?? '';
    const letters: string[] = Object.values(outcomes);
    const open = this.photos.map((_, index) => index).filter(index => !letters.includes(known[index] ?? ''));
    if (open.length === 0) return [];
    for (const index of open.filter(at => known[at] === underWay)) {
      await this.connection.run(client => client.hincrby(this.attempts, this.endsField(index), 1));
      await this.leave(index);
    }
    const fields = open.flatMap(index => [photoField(this.job, index), this.endsField(index)]);
    const counts = await this.connection.run(client => client.hmget(this.attempts, ...fields));
    return open.map((index, at) => ({
      index,
      failures: Number(counts[2 * at] ?? 0),
      ends: Number(counts[2 * at + 1] ?? 0),
    }));
  }

  /** Notes that a photo is under way. */
  async begin(index: number): Promise<void> {
    await this.connection.run(client => client.setrange(this.key, index, underWay));
  }

  /** Notes that a photo is not under way any more, and that nothing has become of it. */
  async leave(index: number): Promise<void> {
    await this.connection.run(client => client.setrange(this.key, index, waiting));
  }

  /**
   * Notes what has become of a photo, once for all, and that another one is under way.
   * @param next the index of the other one
   */
  async finish(index: number, outcome: Outcome, reason: string | undefined, next: number | undefined): Promise<void> {
    if (reason !== undefined && outcome !== 'done') await this.keepReason(index, outcome, reason);
    const letter = outcomes[outcome];
    await this.connection.run(async client => {
      if (next === index + 1) return client.setrange(this.key, index, letter + underWay); // as a rule
      await client.setrange(this.key, index, letter);
      return next === undefined ? 0 : client.setrange(this.key, next, underWay);
    });
  }

  /** Counts a failure of a photo, over all attempts and workers. @returns how many there were */
  async countFailure(index: number): Promise<number> {
    return this.connection.run(client => client.hincrby(this.attempts, photoField(this.job, index), 1));
  }

  private async keepReason(index: number, outcome: PhotoFailure['outcome'], reason: string): Promise<void> {
    const failure: PhotoFailure = { photo: this.photos[index]!, reason, outcome };
    const key = stateKey(this.queue, 'failures');
    await this.connection.run(client => client.hset(key, photoField(this.job, index), JSON.stringify(failure)));
  }

  private endsField(index: number): string {
    return endsField(photoField(this.job, index));
  }
}
