import { spawn } from 'node:child_process';
import { DataChangedError, type RunMode } from '../../engine/adaptation/run/beginRun';
import { JobError } from '../jobErrors';

/** The instructions for a training process, which its program gets as an argument in JSON. */
export interface TrainingSpec {
  /** The experiment file. */
  readonly file: string;
  readonly mode: RunMode;
  /** Resumes a run although its data changed. */
  readonly acceptChanges: boolean;
  /** Threads of the CPU back ends; 0 takes the number of free cores. */
  readonly threads: number;
  /** Folder in whose node_modules TensorFlow.js is installed; empty: none. */
  readonly tensorflowFolder: string;
  /** Seconds without a follower after which the run stops. */
  readonly followerTimeout: number;
}

/** The only message of a training process to its starter; everything later is in the folder of the run. */
export type TrainingReply =
  { readonly type: 'began' } | { readonly type: 'failed'; readonly message: string; readonly dataChanged?: boolean };

/**
 * Starts a training process, which goes on independently once its run has begun.
 * @param program the file of the training program
 * @throws {JobError} with the reason why the run cannot begin; DataChangedError
 */
export function launchTraining(program: string, spec: TrainingSpec): Promise<void> {
  return new Promise((resolve, reject) => {
    const launcher = spawn(process.execPath, [program, 'launch', JSON.stringify(spec)], {
      windowsHide: true,
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const fail = (message: string, dataChanged = false) => {
      reject(dataChanged ? new DataChangedError(message) : new JobError(message));
    };
    launcher.once('message', (reply: TrainingReply) => {
      if (reply.type === 'began') resolve();
      else fail(reply.message, reply.dataChanged);
    });
    launcher.once('error', ({ message }) => {
      fail(`the training process could not be started: ${message}`);
    });
    launcher.once('exit', (code, signal) => {
      fail(`the training process ended before it trained (${signal ?? `exit code ${code}`})`);
    });
  });
}
