import * as z from 'zod';
import { ServerRequest } from './request';

/** Messages between client and server about queues of photos in Redis, which many machines segment. */

/** An address without a password, as `redis://user@host:6379/0`, and the password where one was given. */
const login = { url: z.string().max(2000), password: z.string().max(10_000).optional() };

/** How far a queue is. */
export interface QueueProgress {
  name: string;
  /** Numbers of photos; `kept` are left as a person made them, `failed` were set aside after three attempts. */
  photos: { all: number; done: number; kept: number; failed: number };
  /** The number of jobs that wait or run: without any, photos that are left are in jobs that failed. */
  openJobs: number;
  photosPerSecond: number;
  /** A duration such as `12 min`; null where it cannot be told. */
  timeLeft: string | null;
  /** The first photos that were set aside or kept for a reason, and how many there are in all. */
  failures: { photo: string; outcome: 'failed' | 'kept'; reason: string }[];
  failureCount: number;
}

/** An answer of Redis, or a sentence with the reason why it cannot be reached now. */
export type QueueNews<Answer> = ({ state: 'open' } & Answer) | { state: 'away'; reason: string };

/** An answer of Redis, or that it wants another name or password. */
export type QueueAnswer<Answer> = QueueNews<Answer> | { state: 'login' };

const listQueuesParams = z.object(login);

/** Lists the queues that a Redis knows, by name. */
export const ListQueuesRequest = new ServerRequest<typeof listQueuesParams, QueueAnswer<{ queues: QueueProgress[] }>>(
  'labelless/listQueues',
  listQueuesParams,
);

/** Photos that have been done since the answer before. */
export interface QueueResults {
  /** The URIs of those that this machine sees, at most 1000. */
  images: string[];
  /** Whether others follow with the next answer. */
  more: boolean;
  /** Object stores, and folders that this machine does not see, in which others lie. */
  elsewhere: string[];
  /** Folders in which the masks lie, where they are not beside the photos. */
  maskFolders: string[];
}

const watchQueueParams = z.object({
  ...login,
  name: z.string().max(100),
  /** Names a watch: its first answer tells of all results, each other one of those since the answer before. */
  watch: z.string().max(100),
});

/**
 * Looks at a queue; `queue` is null where nothing is queued under the name. The connection to Redis stays open for some
 * seconds for the next look.
 */
export const WatchQueueRequest = new ServerRequest<
  typeof watchQueueParams,
  QueueAnswer<{ queue: QueueProgress | null; results: QueueResults }>
>('labelless/watchQueue', watchQueueParams);
