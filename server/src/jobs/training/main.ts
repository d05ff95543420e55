import { spawn } from 'node:child_process';
import os from 'node:os';
import { reasonOf } from '../../../../mask/errors';
import { openBackend } from '../../engine/backend/openBackend';
import { readExperimentFile } from '../../engine/experiment/experimentFile';
import { DataChangedError } from '../../engine/adaptation/run/beginRun';
import { trainExperimentFile } from '../../engine/adaptation/trainExperimentFile';
import type { TrainingReply, TrainingSpec } from './launch';

/**
 * A training process. It must outlive the server that starts it, and an editor that ends its server ends the server's
 * children too: so a launcher starts the process that trains, passes on whether training began, and ends, which leaves
 * the other without a parent.
 */

const [role, text] = process.argv.slice(2);

function reply(message: TrainingReply, then?: () => void): void {
  if (process.connected)
    process.send!(message, undefined, undefined, () => {
      then?.();
    });
  else then?.();
}

function launch(): void {
  let lastOutput = '';
  const child = spawn(process.execPath, [__filename, 'train', text!], {
    detached: true,
    windowsHide: true,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const end = (message: TrainingReply) => {
    reply(message, () => {
      process.exit();
    });
  };
  child.stderr!.on('data', (chunk: Buffer) => {
    lastOutput = (lastOutput + chunk.toString()).slice(-2000);
  });
  child.once('message', end);
  child.once('error', ({ message }) => {
    end({ type: 'failed', message: `the training process could not be started: ${message}` });
  });
  child.once('exit', (code, signal) => {
    const reason = signal ?? `exit code ${code}`;
    const lastLine = lastOutput.trim().split('\n').at(-1);
    end({ type: 'failed', message: `the training process ended unexpectedly (${reason}). ${lastLine}`.trim() });
  });
}

async function train({ file, threads, tensorflowFolder, ...options }: TrainingSpec): Promise<void> {
  os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL); // other work on the machine comes first
  const experiment = await readExperimentFile(file);
  const backend = () =>
    openBackend(experiment.experiment.training.backend, {
      threads,
      ...(tensorflowFolder !== '' && { tensorflowFolder }),
    });
  const run = trainExperimentFile(experiment, { ...options, openBackend: backend });
  const begun = await run.next();
  reply({ type: 'began' });
  if (!begun.done) while (!(await run.next()).done);
}

if (role === 'launch') launch();
else {
  // Once the launcher has ended nobody reads this.
  process.stderr.on('error', () => undefined);
  train(JSON.parse(text!) as TrainingSpec).then(
    () => {
      process.exit();
    },
    (error: unknown) => {
      const dataChanged = error instanceof DataChangedError;
      reply({ type: 'failed', message: reasonOf(error), dataChanged }, () => {
        process.exit(1);
      });
    },
  );
}
