import type { TaskKind, TaskResults, Tasks } from './messages';
import { Queue } from './queue';
import { WorkerProcess, type TaskControl } from './workerProcess';

/** A worker that holds more than this after its task is not kept. */
const keptMemory = 600e6;

export interface LaneOptions {
  /** The worker's script. */
  file: string;
  /** Where workers put results too large for a message. */
  folder: string;
  /** An unused worker is ended after this time, freeing its memory. */
  idleMilliseconds: number;
  onChange: () => void;
  log: (message: string) => void;
}

/**
 * Runs tasks one at a time in a worker process, which is started at the first task and kept warm for the next. Any
 * number of lanes run side by side.
 */
export class Lane {
  readonly queue: Queue;
  private worker: WorkerProcess | undefined;
  private idle: NodeJS.Timeout | undefined;

  constructor(private readonly options: LaneOptions) {
    this.queue = new Queue(options.onChange);
  }

  /**
   * Runs a task when its turn comes.
   * @throws {JobError} with the reason why there is no result
   * @throws {CancelledError} after `control.cancel`
   */
  run<K extends TaskKind>(task: Tasks[K], control: TaskControl, priority = 0): Promise<TaskResults[K]> {
    return this.queue.run(priority, control.cancel, async () => {
      clearTimeout(this.idle);
      const worker = (this.worker ??= this.start());
      try {
        return await worker.run<K>(task, control);
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

  /** Ends the worker, whatever it does. */
  retire(): void {
    clearTimeout(this.idle);
    this.worker?.end();
    this.worker = undefined;
  }

  private start(): WorkerProcess {
    const { file, folder, log } = this.options;
    const worker: WorkerProcess = new WorkerProcess(file, folder, how => {
      if (this.worker === worker) this.worker = undefined;
      log(`Job process ${worker.pid} ended (${how}).`);
    });
    log(`Job process ${worker.pid} started.`);
    return worker;
  }
}
