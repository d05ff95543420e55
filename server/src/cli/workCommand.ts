import type { Command } from 'commander';
import { withQueue } from './queuePart';
import type { QueueValues } from './queueOptions';
import { settingsOf } from './settingOptions';
import { printOut } from './standardStreams';
import { interruptedStatus, onInterrupt, printable } from './terminal';

interface WorkValues extends QueueValues {
  readonly concurrency: number;
  readonly untilDone?: true;
  readonly retryAfter: number;
  readonly stalledAfter: number;
}

/** `labelless work`: segments photos of queues until it is stopped. */
export async function workForQueues(command: Command): Promise<number> {
  const { name, concurrency, untilDone = false, retryAfter, stalledAfter } = command.opts<WorkValues>();
  const { tensorflow } = settingsOf(command);
  const interrupt = onInterrupt();
  const onNote = (note: string) => process.stderr.write(`labelless: ${printable(note)}\n`);
  const onPhoto = (queue: string, photo: string, outcome: string, reason?: string) => {
    const line = `${queue}: ${photo}: ${outcome}${reason === undefined ? '' : `: ${reason}`}`;
    if (outcome === 'done') printOut(`${printable(line)}\n`);
    else process.stderr.write(`${printable(line)}\n`);
  };
  try {
    const own = { name, concurrency, tensorflow: tensorflow.folder, stalledAfter, retryAfter, untilDone };
    await withQueue(command, (queue, connection) =>
      queue.workQueue(connection, own, { onPhoto, onNote }, interrupt.signal),
    );
    if (!interrupt.signal.aborted) return 0;
    process.stderr.write('labelless: stopped; what was not done waits for other workers\n');
    return interruptedStatus;
  } finally {
    interrupt.release();
  }
}
