import { fork, type ChildProcess } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { CancelledError, JobError } from './jobErrors';
import type { FromWorker, Task, TaskEvent, TaskResults, ToWorker } from './jobMessages';

/** Milliseconds after a cancel until the worker is killed: it is then in a long native call. */
const killAfterMilliseconds = 400;

/** The signals by which a caller ends its task. */
export interface TaskControl {
  /** Cancels the task and discards its result. */
  readonly cancel: AbortSignal;
  /** Ends training and keeps the result. */
  readonly stop?: AbortSignal;
  readonly onEvent?: (event: TaskEvent) => void;
}

/** The name of the file, the folder or the work of a task, for messages. */
function nameOf(task: Task): string {
  switch (task.kind) {
    case 'probe':
      return 'trial of the back ends';
    case 'propose':
      return path.basename(task.labelled);
    case 'inspect':
      return "check of an experiment's data";
    case 'evaluate':
    case 'exportNetwork':
      return path.basename(task.folder);
    case 'exportSet':
    case 'listImages':
    case 'setStatus':
    case 'changeClass':
    case 'classesInUse':
    case 'prepareRound':
    case 'undoRound':
      return path.basename(task.folder);
    case 'proposeImage':
      return path.basename(task.image);
    case 'readClasses':
      return 'published' in task.source ? task.source.published : path.basename(task.source.file);
    case 'figure':
      return path.basename(task.output);
    case 'carryLabels':
      return path.basename(task.next.path);
    case 'segment':
    case 'thumbnail':
    case 'export':
    case 'header':
    case 'picture':
    case 'readLabels':
    case 'propagate':
      return path.basename(task.path);
  }
}

/**
 * The server's side of one job process: a native crash, a kill or a lack of memory ends the process and its task alone.
 */
export class WorkerProcess {
  private readonly child: ChildProcess;
  private lastOutput = '';
  /** The number of bytes that the process held after the last task. */
  memory = 0;

  /**
   * @param file the worker's script
   * @param folder where the worker may put results too large for a message
   * @param onEnd called once, with the exit code, signal or error that the process ended with
   */
  constructor(
    file: string,
    private readonly folder: string,
    onEnd: (reason: string) => void,
  ) {
    // execArgv: a debugger's port belongs to the server. stdout is piped, as the server's own may carry the protocol.
    this.child = fork(file, [], { serialization: 'advanced', execArgv: [], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    this.child.once('exit', (code, signal) => {
      onEnd(signal ?? `exit code ${code}`);
    });
    this.child.once('error', error => {
      onEnd(error.message);
    });
    this.child.stdout?.resume();
    this.child.stderr?.on('data', (chunk: Buffer) => {
      this.lastOutput = (this.lastOutput + chunk.toString()).slice(-2000);
    });
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /**
   * Runs a task.
   * @throws {JobError} when it fails or its process ends
   * @throws {CancelledError} after a cancel, unless the task was nearly finished
   */
  run<T extends Task>(task: T, control: TaskControl): Promise<TaskResults[T['kind']]> {
    const { child } = this;
    return new Promise((resolve, reject) => {
      let killer: NodeJS.Timeout | undefined;
      let isWriting = false;
      const stop = () => {
        this.send({ type: 'stop' });
      };
      const cancel = () => {
        this.send({ type: 'cancel' });
        if (!isWriting)
          killer = setTimeout(() => {
            this.end();
          }, killAfterMilliseconds);
      };
      const settle = (complete: () => void) => {
        clearTimeout(killer);
        child.off('message', onMessage).off('exit', onExit).off('error', onError);
        control.stop?.removeEventListener('abort', stop);
        control.cancel.removeEventListener('abort', cancel);
        complete();
      };
      const fail = (error: JobError) => {
        reject(control.cancel.aborted ? new CancelledError() : error);
      };
      const onMessage = (message: FromWorker) => {
        if (message.type === 'event') {
          control.onEvent?.(message.event);
          return;
        }
        if (message.type === 'writing') {
          isWriting = true;
          clearTimeout(killer);
          return;
        }
        this.memory = message.memory;
        settle(() => {
          if (message.type === 'done') resolve(message.result as TaskResults[T['kind']]);
          else fail(new JobError(message.message, message.setting));
        });
      };
      const onExit = (code: number | null, signal: NodeJS.Signals | null) => {
        settle(() => {
          fail(new JobError(this.endedMessage(task, signal ?? `exit code ${code}`)));
        });
      };
      const onError = (error: Error) => {
        settle(() => {
          fail(new JobError(`the segmentation process could not be started: ${error.message}`));
        });
      };
      child.on('message', onMessage).on('exit', onExit).on('error', onError);
      control.stop?.addEventListener('abort', stop, { once: true });
      control.cancel.addEventListener('abort', cancel, { once: true });
      this.send({ type: 'run', task, folder: this.folder });
      if (control.stop?.aborted) stop();
      if (control.cancel.aborted) cancel();
    });
  }

  /** Sets the priority of the process among those of the machine, where the system allows it. */
  setPriority(priority: number): void {
    try {
      if (this.pid !== undefined) os.setPriority(this.pid, priority);
    } catch {
      // It then runs as other processes do.
    }
  }

  /** Ends the process at once. Its memory is free once the process has ended. */
  end(): void {
    this.child.kill('SIGKILL');
  }

  private send(message: ToWorker): void {
    // The callback takes errors of a channel that closed meanwhile: `exit` reports the same, with the reason.
    if (this.child.connected) this.child.send(message, () => undefined);
  }

  private endedMessage(task: Task, reason: string): string {
    const name = nameOf(task);
    const remedy =
      reason === 'SIGKILL' || reason === 'SIGABRT'
        ? ' This often means that memory ran out: lower labelless.limits.memory or close other programs.'
        : '';
    const lastLine = this.lastOutput.trim().split('\n').at(-1);
    const output = lastLine ? ` Its last words: ${lastLine}` : '';
    return `${name}: the segmentation process ended unexpectedly (${reason}).${remedy}${output}`;
  }
}
