import { UnrecoverableError } from 'bullmq';
import type { QueueConnection } from './queueConnection';
import type { TakenJob } from './jobSource';

/** BullMQ's codes for a job that is no longer there, or no longer of this worker. */
const lostCodes: readonly unknown[] = [-1, -2, -3, -6];

/** Holds the lock of a job that was taken, and gives the job back. */
export class HeldJob {
  /** Aborted when the job is another worker's now. */
  readonly lost: AbortSignal;
  private readonly loss = new AbortController();
  private readonly renewal: NodeJS.Timeout;

  /** @param stalledAfter seconds without a renewal after which the job goes to another worker */
  constructor(
    private readonly connection: QueueConnection,
    private readonly taken: TakenJob,
    stalledAfter: number,
  ) {
    this.lost = this.loss.signal;
    const milliseconds = stalledAfter * 1000;
    this.renewal = setInterval(() => {
      if (connection.isAway) return; // it would only wait in a row with others of its kind
      taken.job.extendLock(taken.token, milliseconds).then(
        renewed => {
          if (renewed !== 1) this.loss.abort();
        },
        () => undefined, // the connection is watched elsewhere
      );
    }, milliseconds / 3);
  }

  /** All of its photos are through. */
  complete(): Promise<void> {
    return this.leave(({ job, token }) => job.moveToCompleted('', token, false));
  }

  /** It cannot be worked at. */
  fail(reason: string): Promise<void> {
    return this.leave(({ job, token }) => job.moveToFailed(new UnrecoverableError(reason), token, false));
  }

  /** Another worker may have it at once, or after some milliseconds. */
  giveBack(delay = 0): Promise<void> {
    return this.leave(({ job, token }) =>
      delay > 0 ? job.moveToDelayed(Date.now() + delay, token) : job.moveToWait(token),
    );
  }

  /** Stops renewing the lock, whatever becomes of the job. */
  release(): void {
    clearInterval(this.renewal);
  }

  /** A job that is another worker's now, or was cancelled, is left to itself. */
  private async leave(move: (taken: TakenJob) => Promise<unknown>): Promise<void> {
    this.release();
    if (this.lost.aborted) return;
    await this.connection.run(() =>
      move(this.taken).catch((error: unknown) => {
        if (!lostCodes.includes((error as { code?: unknown }).code)) throw error;
      }),
    );
  }
}
