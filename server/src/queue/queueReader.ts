import type { QueueAnswer, QueueProgress, QueueResults } from '../../../protocol/queueMessages';
import { formatDuration } from '../engine/common/duration';
import { KeptConnection } from './keptConnection';
import { NewResults } from './newResults';
import { parseQueueAddress, passwordVariable } from './queueAddress';
import type { QueueConnection } from './queueConnection';
import { QueueError } from './queueError';
import { namesKey, queueName } from './queueKeys';
import { readQueueStatus, type QueueStatus } from './queueStatus';
import { visibleResults } from './visibleResults';

/** Where a queue is, and the password that a person gave for it. */
export interface QueueLogin {
  readonly url: string;
  readonly password?: string | undefined;
}

/** The most queues that are listed. */
const mostListed = 100;
/** Milliseconds after which it is forgotten what a watch was told. */
const forgottenAfter = 600_000;

interface Watch {
  readonly results: NewResults;
  used: number;
}

/** Reads queues for the language server, in a bundle of its own that is loaded when a queue is watched. */
export class QueueReader {
  private readonly connections = new Map<string, KeptConnection>();
  private readonly watches = new Map<string, Watch>();

  /** The queues that a Redis knows, by name. @throws Error, a sentence */
  list(login: QueueLogin): Promise<QueueAnswer<{ queues: QueueProgress[] }>> {
    return this.read(login, async connection => {
      const names = await connection.run(client => client.smembers(namesKey));
      const valid = names.filter(name => queueName.test(name)).sort();
      const queues: QueueProgress[] = [];
      for (const name of valid.slice(0, mostListed)) {
        const status = await readQueueStatus(connection, name);
        if (status) queues.push(progressOf(status));
      }
      return { queues };
    });
  }

  /** How far a queue is, and the results since the call before of the same watch. @throws Error, a sentence */
  watch(
    login: QueueLogin,
    name: string,
    watch: string,
  ): Promise<QueueAnswer<{ queue: QueueProgress | null; results: QueueResults }>> {
    const { results } = this.watchOf(watch);
    return this.read(login, async connection => {
      const status = await readQueueStatus(connection, name, (job, outcomes) => {
        results.note(job, outcomes);
      });
      const done = await results.next(connection, name);
      const seen = await visibleResults(done);
      return { queue: status ? progressOf(status) : null, results: { ...seen, more: results.more } };
    });
  }

  private async read<Answer>(
    login: QueueLogin,
    ask: (connection: QueueConnection) => Promise<Answer>,
  ): Promise<QueueAnswer<Answer>> {
    try {
      return { state: 'open', ...(await this.connectionTo(login).read(ask)) };
    } catch (error) {
      if (!(error instanceof QueueError) || error.trouble === 'refusal') throw error;
      return error.trouble === 'login' ? { state: 'login' } : { state: 'away', reason: error.message };
    }
  }

  private connectionTo({ url, password }: QueueLogin): KeptConnection {
    const key = JSON.stringify([url, password]);
    const known = this.connections.get(key);
    if (known) return known;
    const address = parseQueueAddress(url, password === undefined ? process.env : { [passwordVariable]: password });
    const connection = new KeptConnection(address, () => {
      if (this.connections.get(key) === connection) this.connections.delete(key);
    });
    this.connections.set(key, connection);
    return connection;
  }

  private watchOf(id: string): Watch {
    const now = Date.now();
    for (const [other, { used }] of this.watches) if (now - used > forgottenAfter) this.watches.delete(other);
    const watch = this.watches.get(id) ?? { results: new NewResults(), used: now };
    watch.used = now;
    this.watches.set(id, watch);
    return watch;
  }
}

function progressOf(status: QueueStatus): QueueProgress {
  const { name, photosPerSecond, secondsLeft, failures, failureCount } = status;
  const { all, done, kept, failed } = status.photos;
  const { waiting, running, delayed } = status.jobs;
  return {
    name,
    photos: { all, done, kept, failed },
    openJobs: waiting + running + delayed,
    photosPerSecond,
    timeLeft: secondsLeft === null ? null : formatDuration(secondsLeft),
    failures: [...failures],
    failureCount,
  };
}
