import { CancelledError } from './jobErrors';
import type { Task, TaskResults } from './jobMessages';
import { WorkerProcess, type TaskControl } from './workerProcess';

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

  /** The place is handed over while still marked busy, so that a newcomer cannot slip in between. */
  private next(): void {
    const waiter = this.waiters.shift();
    if (!waiter) return;
    this.busy = true;
    waiter.enter();
  }
}

/** The number of bytes above which the memory of a worker is too large to keep it after its task. */
const keptMemory = 600e6;

export interface LaneOptions {
  /** The worker's script. */
  file: string;
  /** The folder into which workers put results too large for a message. */
  folder: string;
  /** Milliseconds after which an unused worker is ended, which frees its memory. */
  idleMilliseconds: number;
  /** The priority of the worker among the processes of the machine, as `os.setPriority` takes it; by default normal. */
  processPriority?: number;
  onChange: () => void;
  log: (message: string) => void;
}

/**
 * Runs tasks one at a time in a worker process, which is started at the first task and reused for the next. Lanes run
 * independently of each other.
 */
export class Lane {
  readonly queue: Queue;
  private worker: WorkerProcess | undefined;
  private idle: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(private readonly options: LaneOptions) {
    this.queue = new Queue(options.onChange);
  }

  /**
   * Runs a task when its turn comes; a higher priority goes first.
   * @throws {JobError} with the reason why there is no result
   * @throws {CancelledError} after `control.cancel` or `close`
   */
  run<T extends Task>(task: T, control: TaskControl, priority = 0): Promise<TaskResults[T['kind']]> {
    return this.queue.run(priority, control.cancel, async () => {
      if (this.closed) throw new CancelledError();
      clearTimeout(this.idle);
      const worker = (this.worker ??= this.start());
      try {
        return await worker.run(task, control);
      } finally {
        // A cancelled task may leave its memory behind in native allocators: a new process does not.
        if (control.cancel.aborted || worker.memory > keptMemory) this.retire();
        else
          this.idle = setTimeout(() => {
            this.retire();
          }, this.options.idleMilliseconds).unref();
      }
    });
  }

  /** Ends the worker, whether it is idle or at work. */
  retire(): void {
    clearTimeout(this.idle);
    this.worker?.end();
    this.worker = undefined;
  }

  /** Ends the worker for good: tasks that wait, and later ones, count as cancelled. */
  close(): void {
    this.closed = true;
    this.retire();
  }

  private start(): WorkerProcess {
    const { file, folder, log, processPriority } = this.options;
    const worker: WorkerProcess = new WorkerProcess(file, folder, reason => {
      if (this.worker === worker) this.worker = undefined;
      log(`Job process ${worker.pid} ended (${reason}).`);
    });
    if (processPriority !== undefined) worker.setPriority(processPriority);
    log(`Job process ${worker.pid} started.`);
    return worker;
  }
}
