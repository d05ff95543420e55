import { spawn } from 'node:child_process';
import { JobError } from '../errors';
import type { TrainingReply, TrainingSpec } from './messages';

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
