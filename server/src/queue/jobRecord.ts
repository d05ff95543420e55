import * as z from 'zod';
import { endsField, isOutcome, outcomes, outcomesKey, photoField, stateKey, type Outcome } from './queueKeys';
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

/** What Redis knows of the photos of a job. */
export class JobRecord {
  private readonly key: string;
  private readonly attempts: string;
  private readonly underway: string;

  constructor(
    private readonly connection: QueueConnection,
    private readonly queue: string,
    private readonly job: string,
    private readonly photos: readonly string[],
  ) {
    this.key = outcomesKey(queue, job);
    this.attempts = stateKey(queue, 'attempts');
    this.underway = stateKey(queue, 'underway');
  }

  /**
   * The photos of which nothing has become yet. One that was under way when its worker ended is counted: should it be
   * what ends workers, by the memory that it takes, it must not do so for ever.
   */
  async open(): Promise<OpenPhotoRecord[]> {
    const known = (await this.connection.run(client => client.get(this.key))) ?? '';
    const open = this.photos.map((_, index) => index).filter(index => !isOutcome(known[index] ?? ''));
    if (open.length === 0) return [];
    const left = await this.connection.run(client => client.hget(this.underway, this.job));
    if (left !== null && open.includes(Number(left))) {
      await this.connection.run(client => client.hincrby(this.attempts, this.endsField(Number(left)), 1));
      await this.leave();
    }
    const fields = open.flatMap(index => [photoField(this.job, index), this.endsField(index)]);
    const counts = await this.connection.run(client => client.hmget(this.attempts, ...fields));
    return open.map((index, at) => ({
      index,
      failures: Number(counts[2 * at] ?? 0),
      ends: Number(counts[2 * at + 1] ?? 0),
    }));
  }

  /** Notes which photo is under way. */
  async begin(index: number): Promise<void> {
    await this.connection.run(client => client.hset(this.underway, this.job, index));
  }

  /** Notes that no photo is under way. */
  async leave(): Promise<void> {
    await this.connection.run(client => client.hdel(this.underway, this.job));
  }

  /**
   * Notes what has become of a photo, once for all. A worker that has lost its job without knowing may do so late, so
   * nothing is ever taken back here, and what another worker has done is not said to have failed.
   */
  async finish(index: number, outcome: Outcome, reason?: string): Promise<void> {
    if (outcome === 'failed') {
      const known = await this.connection.run(client => client.getrange(this.key, index, index));
      if (known === outcomes.done) return;
    }
    if (reason !== undefined && outcome !== 'done') await this.keepReason(index, outcome, reason);
    await this.connection.run(client => client.setrange(this.key, index, outcomes[outcome]));
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
