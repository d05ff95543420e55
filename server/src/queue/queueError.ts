/** Redis cannot be reached now; it wants another name or password; or anything else that waiting does not change. */
export type QueueTrouble = 'away' | 'login' | 'refusal';

/** What is wrong with a queue, as a sentence for people that names the Redis. */
export class QueueError extends Error {
  override readonly name = 'QueueError';

  constructor(
    message: string,
    readonly trouble: QueueTrouble = 'refusal',
  ) {
    super(message);
  }

  /** Describes an answer or a failure of the connection. @param shown the address */
  static of(shown: string, error: unknown): QueueError {
    const text = textOf(error);
    const isLogin = /^(WRONGPASS|NOAUTH)|invalid (username-)?password/i.test(text);
    const isAway = /^LOADING|closed/i.test(text);
    return new QueueError(describeQueueProblem(shown, error), isLogin ? 'login' : isAway ? 'away' : 'refusal');
  }
}

const ended = 'ended the connection';
const silent = 'cannot be reached: it does not answer';
const wrongLogin = 'refuses name or password; set LABELLESS_QUEUE_PASSWORD';

/** What the answers of Redis mean that no repetition changes, by their first word. */
const refusals: Readonly<Record<string, string>> = {
  WRONGPASS: wrongLogin,
  NOAUTH: 'wants a password; set LABELLESS_QUEUE_PASSWORD',
  NOPERM:
    'does not allow this user what a queue needs; give it the rights for keys labelless* and all commands of queues',
  OOM: 'has no memory left (maxmemory); give it more, or cancel queues that are not needed',
  MISCONF: 'cannot write to its disk, and takes nothing until it can',
  WRONGTYPE: 'has keys labelless* of another program; use another database, as redis://HOST:PORT/1',
  DENIED: 'allows connections from its own machine only (protected mode); set a password there',
};

/** Whether Redis refuses to let a client in, which waiting does not change. */
export function isRefusedLogin(error: unknown): boolean {
  return /^(WRONGPASS|NOAUTH|NOPERM|DENIED)|invalid password|invalid username-password/i.test(textOf(error));
}

/**
 * Describes an answer or a failure of the connection, with the address first.
 * @param wasOpen whether Redis has answered before, so that the address is right
 */
export function describeQueueProblem(shown: string, error: unknown, wasOpen = false): string {
  const clause = clauseOf(error, wasOpen);
  const isPlain = clause === silent && shown.startsWith('rediss:');
  return `Redis at ${shown} ${clause}${isPlain ? '; does it speak TLS at this port?' : ''}`;
}

function clauseOf(problem: unknown, wasOpen: boolean): string {
  // The error of several commands together only says that one of them was refused.
  const error = (problem as { previousErrors?: unknown[] } | undefined)?.previousErrors?.[0] ?? problem;
  const text = textOf(error);
  const code = (error as NodeJS.ErrnoException | undefined)?.code ?? '';
  const refusal = refusals[/^[A-Z]+/.exec(text)?.[0] ?? ''];
  if (refusal !== undefined) return refusal;
  if (/invalid (username-)?password/i.test(text)) return wrongLogin;
  if (text.startsWith('LOADING')) return 'is still loading its data';
  if (text.startsWith('READONLY')) return 'is a replica that cannot be written';
  if (text.startsWith('ERR unknown command')) return 'is too old, or lacks commands that a queue needs';
  if (code === 'ECONNREFUSED') return 'cannot be reached: nothing listens at this port';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'cannot be reached: there is no host of this name';
  if (/^(ERR_SSL|ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|HOSTNAME_MISMATCH|EPROTO)/.test(code))
    return `cannot be reached by TLS: ${tlsReason(code)}`;
  if (code === 'ECONNRESET' || code === 'EPIPE')
    return wasOpen
      ? ended
      : 'ends the connection; with TLS the address begins with rediss://, without with redis://';
  if (code === 'ETIMEDOUT' || /timed? ?out/i.test(text)) return silent;
  if (/^(EHOSTUNREACH|ENETUNREACH|EHOSTDOWN)/.test(code)) return 'cannot be reached: there is no way to its host';
  if (/closed/i.test(text)) return ended;
  if (/protocol error|unexpected|RESP type/i.test(text)) return 'does not answer as Redis does; is it another program?';
  return `refuses a command (${/^[A-Z]{3,}/.exec(text)?.[0] ?? (code === '' ? 'unknown reason' : code)})`;
}

function tlsReason(code: string): string {
  if (/SELF_SIGNED|UNABLE_TO|DEPTH_ZERO/.test(code))
    return 'its certificate is not known here; NODE_EXTRA_CA_CERTS names the file of its authority';
  if (code.includes('EXPIRED')) return 'its certificate has expired';
  if (/ALTNAME|HOSTNAME/.test(code)) return 'its certificate is of another host';
  return 'it does not speak TLS at this port; without TLS the address begins with redis://';
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
