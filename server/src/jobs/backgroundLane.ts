import { CancelledError } from './jobErrors';
import type { Task, TaskResults } from './jobMessages';
import { Queue, type Lane } from './lane';
import type { TaskControl } from './workerProcess';

/**
 * Runs tasks that nobody waits for yet, one at a time, and only while the foreground rests. When foreground work
 * arrives, the task in work is ended at once, and begun again once the foreground has rested for a while: its caller
 * only waits longer.
 */
export class BackgroundLane {
  private readonly queue = new Queue(() => undefined);
  private interrupt: AbortController | undefined;
  private timer: NodeJS.Timeout | undefined;
  private resting = true;
  private onRest: (() => void) | undefined;

  /**
   * @param lane whose worker is used for nothing else
   * @param isForegroundBusy whether work runs that tasks of this lane must not delay
   * @param restMilliseconds for which the foreground must have rested: a batch pauses between two images
   */
  constructor(
    private readonly lane: Pick<Lane, 'run' | 'retire' | 'close'>,
    private readonly isForegroundBusy: () => boolean,
    private readonly restMilliseconds = 300,
  ) {}

  /** To be called whenever the foreground may have begun or ended work. */
  foregroundChanged(): void {
    clearTimeout(this.timer);
    if (this.isForegroundBusy()) {
      this.resting = false;
      if (!this.interrupt) return;
      this.interrupt.abort();
      this.lane.retire(); // which ends a worker sooner than its own reaction to the signal
    } else if (!this.resting)
      this.timer = setTimeout(() => {
        this.resting = true;
        this.onRest?.();
      }, this.restMilliseconds).unref();
  }

  /**
   * Runs a task that writes nothing.
   * @throws {JobError} with the reason why there is no result
   * @throws {CancelledError} after `control.cancel` or `close`
   */
  run<T extends Task>(task: T, control: TaskControl): Promise<TaskResults[T['kind']]> {
    return this.queue.run(0, control.cancel, async () => {
      for (;;) {
        await this.rest(control.cancel);
        const interrupt = (this.interrupt = new AbortController());
        try {
          const cancel = AbortSignal.any([control.cancel, interrupt.signal]);
          return await this.lane.run(task, { ...control, cancel });
        } catch (error) {
          if (!interrupt.signal.aborted || control.cancel.aborted) throw error;
        } finally {
          this.interrupt = undefined;
        }
      }
    });
  }

  /** Ends the worker for good; see `Lane.close`. */
  close(): void {
    clearTimeout(this.timer);
    this.lane.close();
  }

  private rest(cancel: AbortSignal): Promise<void> {
    if (cancel.aborted) return Promise.reject(new CancelledError());
    if (this.resting) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.onRest = undefined;
        reject(new CancelledError());
      };
      cancel.addEventListener('abort', leave, { once: true });
      this.onRest = () => {
        this.onRest = undefined;
        cancel.removeEventListener('abort', leave);
        resolve();
      };
    });
  }
}
