import type { QueueAddress } from './queueAddress';
import { connectQueue, type QueueConnection } from './queueConnection';
import { QueueError } from './queueError';

/** Milliseconds without a reader after which a connection is closed. */
const idleMilliseconds = 10_000;
/** Milliseconds that an answer of Redis may take. */
const longestAnswer = 20_000;

/** A connection to Redis for readers that come again and again, which is closed some seconds after the last of them. */
export class KeptConnection {
  private readonly opened: Promise<QueueConnection>;
  private readers = 0;
  private idle: NodeJS.Timeout | undefined;

  /** @param onClose is told once, when the connection is of no use any more */
  constructor(
    private readonly address: QueueAddress,
    private readonly onClose: () => void,
  ) {
    this.opened = connectQueue(address, { patience: 0 }, () => undefined);
    this.opened.then(
      ({ lost }) => {
        lost.addEventListener('abort', onClose, { once: true });
      },
      () => {
        onClose();
      },
    );
  }

  /** Reads something. @throws QueueError, `away` also when there is no answer in time */
  async read<T>(ask: (connection: QueueConnection) => Promise<T>): Promise<T> {
    clearTimeout(this.idle);
    this.readers++;
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        this.close();
        reject(new QueueError(`Redis at ${this.address.shown} does not answer`, 'away'));
      }, longestAnswer);
    });
    try {
      return await Promise.race([this.opened.then(ask), tooLate]);
    } finally {
      clearTimeout(timer);
      this.readers--;
      if (this.readers === 0) this.idle = setTimeout(this.close, idleMilliseconds);
    }
  }

  private readonly close = (): void => {
    this.onClose();
    this.opened.then(
      connection => {
        connection.close();
      },
      () => undefined, // it was never open
    );
  };
}
