import { CancelledError } from './jobErrors';

interface Waiter {
  priority: number;
  enter: () => void;
}

/** Runs pieces of work one at a time; others wait by priority, then by arrival. */
export class Queue {
  private busy = false;
  private readonly waiters: Waiter[] = [];

  /** @param onChange called whenever `running` or `waiting` changes */
  constructor(private readonly onChange: () => void) {}

  get running(): number {
    return this.busy ? 1 : 0;
  }

  get waiting(): number {
    return this.waiters.length;
  }

  /**
   * Runs `work` when its turn comes. A higher priority goes first.
   * @throws {CancelledError} when `cancel` fires while waiting
   */
  async run<T>(priority: number, cancel: AbortSignal, work: () => Promise<T>): Promise<T> {
    if (cancel.aborted) throw new CancelledError();
    if (this.busy) await this.wait(priority, cancel);
    this.busy = true;
    this.onChange();
    try {
      return await work();
    } finally {
      this.busy = false;
      this.next();
      this.onChange();
    }
  }

  private wait(priority: number, cancel: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.waiters.splice(this.waiters.indexOf(waiter), 1);
        this.onChange();
        reject(new CancelledError());
      };
      const waiter: Waiter = {
        priority,
        enter: () => {
          cancel.removeEventListener('abort', leave);
          resolve();
        },
      };
      cancel.addEventListener('abort', leave, { once: true });
      const behind = this.waiters.findIndex(other => other.priority < priority);
      this.waiters.splice(behind < 0 ? this.waiters.length : behind, 0, waiter);
      this.onChange();
    });
  }

  /** Starts the next piece of work. The queue stays marked as busy meanwhile, so that no newcomer can precede it. */
  private next(): void {
    const waiter = this.waiters.shift();
    if (!waiter) return;
    this.busy = true;
    waiter.enter();
  }
}
