import * as z from 'zod';
import { outcomes, outcomesKey, photoField, stateKey, type Outcome } from './queueKeys';
import type { QueueConnection } from './queueConnection';

/** A photo that failed and was set aside, or is kept as it is for a reason that its owner should know. */
export const failureSchema = z.object({
  photo: z.string(),
  reason: z.string(),
  outcome: z.enum(['failed', 'kept']),
});
export type PhotoFailure = z.infer<typeof failureSchema>;

/** What Redis knows of the photos of a job. */
export class JobRecord {
  constructor(
    private readonly connection: QueueConnection,
    private readonly queue: string,
    private readonly job: string,
    private readonly photos: readonly string[],
  ) {}

  /** The indices of the photos of which nothing has become yet, each with the number of its failures. */
  async open(): Promise<{ index: number; failures: number }[]> {
    const { queue, job, photos } = this;
    const known = (await this.connection.run(client => client.get(outcomesKey(queue, job)))) ?? '';
    const letters: string[] = Object.values(outcomes);
    const open = photos.map((_, index) => index).filter(index => !letters.includes(known[index] ?? ''));
    if (open.length === 0) return [];
    const fields = open.map(index => photoField(job, index));
    const failures = await this.connection.run(client => client.hmget(stateKey(queue, 'attempts'), ...fields));
    return open.map((index, at) => ({ index, failures: Number(failures[at] ?? 0) }));
  }

  /** Notes what has become of a photo, once for all. */
  async finish(index: number, outcome: Outcome, reason?: string): Promise<void> {
    const { queue, job } = this;
    const field = photoField(job, index);
    await this.connection.run(client => {
      const changes = client.multi().setrange(outcomesKey(queue, job), index, outcomes[outcome]);
      if (reason !== undefined && outcome !== 'done') {
        const failure: PhotoFailure = { photo: this.photos[index]!, reason, outcome };
        changes.hset(stateKey(queue, 'failures'), field, JSON.stringify(failure));
      }
      return changes.exec();
    });
  }

  /** Counts a failure of a photo, over all attempts and workers. @returns how many there were */
  async countFailure(index: number): Promise<number> {
    const key = stateKey(this.queue, 'attempts');
    return this.connection.run(client => client.hincrby(key, photoField(this.job, index), 1));
  }
}
