import { spawn } from 'node:child_process';
import { JobError } from '../jobErrors';

/** What a training process does: the argument of its program, as JSON. */
export interface TrainingSpec {
  /** The experiment file. */
  readonly file: string;
  readonly mode: 'new' | 'resume' | 'replace';
  /** Threads of the CPU back ends; 0 counts the free cores. */
  readonly threads: number;
  /** Folder in whose node_modules TensorFlow.js is; empty: none. */
  readonly tensorflowFolder: string;
  /** Seconds without a follower after which the run stops. */
  readonly followerTimeout: number;
}

/** The one message of a training process to its starter; from then on its run's folder has everything. */
export type TrainingReply = { readonly type: 'began' } | { readonly type: 'failed'; readonly message: string };

/**
 * Starts a training process, which lives on by itself once its run has begun.
 * @param program the training program's file
 * @throws {JobError} that says why the run cannot begin
 */
export function launchTraining(program: string, spec: TrainingSpec): Promise<void> {
  return new Promise((resolve, reject) => {
    const launcher = spawn(process.execPath, [program, 'launch', JSON.stringify(spec)], {
      windowsHide: true,
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const fail = (message: string) => {
      reject(new JobError(message));
    };
    launcher.once('message', (reply: TrainingReply) => {
      if (reply.type === 'began') resolve();
      else fail(reply.message);
    });
    launcher.once('error', ({ message }) => {
      fail(`the training process could not be started: ${message}`);
    });
    launcher.once('exit', (code, signal) => {
      fail(`the training process ended before it trained (${signal ?? `exit code ${code}`})`);
    });
  });
}
