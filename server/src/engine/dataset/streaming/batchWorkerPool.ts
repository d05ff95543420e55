import { Worker } from 'node:worker_threads';
import type { ClassList } from '../layouts/classList';
import type { BatchJobResult, BatchJob } from './batchWorker';

interface Waiting {
  readonly resolve: (rendered: BatchJobResult) => void;
  readonly reject: (error: Error) => void;
}
interface Thread {
  readonly worker: Worker;
  readonly waiting: Map<number, Waiting>;
}

/** A pool of threads that make batches. They start with the first user, and end with the last one. */
export class BatchWorkerPool {
  private threads: Thread[] = [];
  private users = 0;
  private last = 0;

  /** @param script the bundle of workerMain.ts */
  constructor(
    private readonly script: string,
    private readonly count: number,
    readonly classes: ClassList,
  ) {}

  /** Registers a user, which must call `release` in the end. */
  acquire(): void {
    if (this.users++ === 0) this.threads = Array.from({ length: this.count }, () => this.start());
  }

  async release(): Promise<void> {
    if (--this.users > 0) return;
    const ended = this.threads.splice(0);
    for (const thread of ended) fail(thread, new Error('the data was closed'));
    await Promise.all(
      ended.map(({ worker }) => {
        worker.ref(); // or the process might end before the callers that wait for this continue
        return worker.terminate();
      }),
    );
  }

  /** Gives a job to the thread with the fewest jobs. Rejects when that thread ends before the job is done. */
  run(job: BatchJob): Promise<BatchJobResult> {
    const id = ++this.last;
    return new Promise((resolve, reject) => {
      if (this.threads.length === 0) throw new Error('no thread is left that reads pictures');
      const thread = this.threads.reduce((least, each) => (each.waiting.size < least.waiting.size ? each : least));
      thread.waiting.set(id, { resolve, reject });
      thread.worker.ref();
      thread.worker.postMessage({ id, job });
    });
  }

  private start(): Thread {
    const worker = new Worker(this.script, { workerData: this.classes });
    const thread: Thread = { worker, waiting: new Map<number, Waiting>() };
    worker.on('message', ({ id, rendered }: { id: number; rendered: BatchJobResult }) => {
      const waiting = thread.waiting.get(id);
      if (!waiting) return; // closed meanwhile: `release` waits for the end
      waiting.resolve(rendered);
      thread.waiting.delete(id);
      if (thread.waiting.size === 0) worker.unref(); // an idle thread is no reason for the process to go on
    });
    worker.on('error', error => {
      fail(thread, new Error(`a thread that reads pictures failed: ${error.message}`));
    });
    worker.on('exit', () => {
      this.threads = this.threads.filter(one => one !== thread);
      fail(thread, new Error('a thread that reads pictures ended unexpectedly'));
    });
    worker.unref();
    return thread;
  }
}

function fail({ waiting }: Thread, error: Error): void {
  for (const { reject } of waiting.values()) reject(error);
  waiting.clear();
}
