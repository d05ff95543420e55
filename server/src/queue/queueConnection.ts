import { Redis, type ChainableCommander } from 'ioredis';
import type { QueueAddress } from './queueAddress';
import { describeQueueProblem, isRefusedLogin, QueueError } from './queueError';

export interface ConnectionOptions {
  /** Seconds that Redis may be away before the connection is given up. */
  readonly patience: number;
  /** Told once when Redis is away, with a sentence. */
  readonly onAway?: (problem: string) => void;
  readonly onBack?: () => void;
}

/** The longest pause in milliseconds between two attempts to connect. */
const longestPause = 2000;

/**
 * A connection to Redis that comes back by itself: commands wait while Redis is away, until patience is at an end, and
 * then all fail with the same error.
 */
export class QueueConnection {
  readonly client: Redis;
  /** Aborted with a QueueError when the connection is given up. */
  readonly lost: AbortSignal;
  private readonly giveUp = new AbortController();
  private awaySince: number | undefined;
  private problem: unknown;
  private wasOpen = false;
  private patience: number;
  private readonly watch: NodeJS.Timeout;

  constructor(
    readonly address: QueueAddress,
    private readonly options: ConnectionOptions,
  ) {
    this.lost = this.giveUp.signal;
    this.patience = options.patience;
    this.awaySince = Date.now();
    this.client = new Redis({
      ...address.login,
      connectionName: 'labelless',
      maxRetriesPerRequest: null,
      connectTimeout: 10_000,
      retryStrategy: attempt => Math.min(100 * 2 ** Math.min(attempt, 10), longestPause),
      reconnectOnError: error => error.message.startsWith('READONLY'),
    });
    this.client.on('error', this.onProblem);
    this.client.on('close', () => {
      this.onProblem(this.problem ?? new Error('connection is closed'));
    });
    this.client.on('ready', () => {
      if (this.awaySince !== undefined && this.problem !== undefined) this.options.onBack?.();
      this.awaySince = undefined;
      this.problem = undefined;
      this.wasOpen = true;
    });
    this.watch = setInterval(() => {
      this.checkPatience();
    }, 250);
  }

  /** Whether Redis cannot be reached now. */
  get isAway(): boolean {
    return this.awaySince !== undefined;
  }

  /** Waits for an answer of Redis. @throws QueueError when it is a refusal, or the connection is given up */
  async run<T>(ask: (client: Redis) => Promise<T>): Promise<T> {
    this.lost.throwIfAborted();
    let onLost: (() => void) | undefined;
    const lost = new Promise<never>((_, reject) => {
      onLost = () => {
        reject(this.lost.reason as QueueError);
      };
      this.lost.addEventListener('abort', onLost, { once: true });
    });
    try {
      return await Promise.race([ask(this.client), lost]);
    } catch (error) {
      this.lost.throwIfAborted();
      throw error instanceof QueueError ? error : QueueError.of(this.address.shown, error);
    } finally {
      this.lost.removeEventListener('abort', onLost!);
    }
  }

  /** Sends several commands at once. @returns their answers @throws QueueError where one is refused, as `run` */
  async runAll(collect: (client: Redis) => ChainableCommander): Promise<unknown[]> {
    return this.run(async client => {
      const answers = (await collect(client).exec()) ?? [];
      return answers.map(([error, answer]) => {
        if (error) throw error;
        return answer;
      });
    });
  }

  /** Gives the connection up sooner, as when the program is to end. */
  limitPatience(seconds: number): void {
    this.patience = Math.min(this.patience, seconds);
  }

  close(): void {
    clearInterval(this.watch);
    this.client.removeAllListeners('close');
    this.client.disconnect();
  }

  readonly onProblem = (error: unknown): void => {
    if (this.lost.aborted) return;
    const isFirst = this.problem === undefined;
    this.awaySince ??= Date.now();
    this.problem = error;
    if (isRefusedLogin(error)) this.end(QueueError.of(this.address.shown, error));
    else if (isFirst && this.patience > 0)
      this.options.onAway?.(`${describeQueueProblem(this.address.shown, error, this.wasOpen)}; waiting`);
  };

  private checkPatience(): void {
    const { patience } = this;
    if (this.awaySince === undefined || Date.now() - this.awaySince < patience * 1000) return;
    if (this.problem === undefined && Date.now() - this.awaySince < 10_000) return; // the first attempt is under way
    const problem = describeQueueProblem(this.address.shown, this.problem ?? new Error('timed out'), this.wasOpen);
    this.end(new QueueError(patience > 0 ? `${problem}; waited for ${patience} s` : problem, 'away'));
  }

  private end(error: QueueError): void {
    this.giveUp.abort(error);
    this.close();
  }
}

/**
 * Connects to Redis, and checks that it can hold a queue.
 * @param onNote is told what should be set otherwise there
 * @throws QueueError
 */
export async function connectQueue(
  address: QueueAddress,
  options: ConnectionOptions,
  onNote: (note: string) => void,
): Promise<QueueConnection> {
  const connection = new QueueConnection(address, options);
  try {
    const info = await connection.run(client => client.info());
    const field = (name: string) => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1] ?? '';
    const isValkey = field('valkey_version') !== '';
    const version = field('redis_version');
    if (!isValkey && version !== '' && Number.parseInt(version, 10) < 5)
      throw new QueueError(
        `Redis at ${address.shown} is too old (${version}): a queue needs Redis 5 or newer, or Valkey`,
      );
    const policy = field('maxmemory_policy');
    if (policy !== '' && policy !== 'noeviction')
      onNote(
        `Redis at ${address.shown} drops keys when its memory is full (maxmemory-policy ${policy}), so that photos ` +
          'can get lost; set maxmemory-policy noeviction',
      );
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}
