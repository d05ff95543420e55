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

/** Loads what speaks with Redis, a bundle of its own that only those need who watch a queue. */
function openReader(): ReaderBundle.QueueReader {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- beside this bundle
  const { QueueReader } = require(path.join(__dirname, 'queueReader.js')) as typeof ReaderBundle;
  return new QueueReader();
}
