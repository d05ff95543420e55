import path from 'node:path';
import type { Command } from 'commander';
import type * as QueuePart from '../queue';
import type { QueueConnection } from '../queue/queueConnection';
import { wantedAddress, type QueueValues } from './queueOptions';

/** The program in the list of processes, in place of a call that has a password in it. */
const hiddenCall = 'labelless';

/** Loads the part of the program that speaks with Redis. @throws Error where its packages are missing */
function loadQueue(): typeof QueuePart {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- a bundle of its own, beside this one
    return require(path.join(__dirname, 'queue.js')) as typeof QueuePart;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    throw new Error('the queue needs the packages bullmq and ioredis: npm i -g bullmq ioredis', { cause: error });
  }
}

/** Does something with the queue that a command names, and closes the connection. @throws QueueError */
export async function withQueue<T>(
  command: Command,
  act: (queue: typeof QueuePart, connection: QueueConnection) => Promise<T>,
): Promise<T> {
  const address = wantedAddress(command);
  if (address.isPasswordOpen) process.title = hiddenCall;
  const queue = loadQueue();
  const note = (text: string) => process.stderr.write(`labelless: ${text}\n`);
  const { patience } = command.opts<QueueValues>();
  const onBack = () => note(`Redis at ${address.shown} is back`);
  const connection = await queue.connectQueue(address, { patience, onAway: note, onBack }, note);
  try {
    return await act(queue, connection);
  } finally {
    connection.close();
  }
}
