import path from 'node:path';
import { ListQueuesRequest, WatchQueueRequest } from '../../../protocol/queueMessages';
import type * as ReaderBundle from '../queue/queueReader';
import { handleRequest } from './requests';
import type { ServerContext } from './serverState';

/** Registers the requests about queues of photos in Redis. */
export function registerQueue({ connection }: ServerContext): void {
  let loaded: ReaderBundle.QueueReader | undefined;
  const reader = () => (loaded ??= openReader());
  handleRequest(connection, ListQueuesRequest, login => reader().list(login));
  handleRequest(connection, WatchQueueRequest, ({ name, watch, ...login }) => reader().watch(login, name, watch));
}

/**
 * Loads what speaks with Redis, a bundle of its own that only those need who watch a queue.
 * @throws Error where it is missing, as in npm's package
 */
function openReader(): ReaderBundle.QueueReader {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- beside this bundle
    const { QueueReader } = require(path.join(__dirname, 'queueReader.js')) as typeof ReaderBundle;
    return new QueueReader();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    throw new Error('only the VS Code extension watches queues; labelless status --queue tells how far one is', {
      cause: error,
    });
  }
}
