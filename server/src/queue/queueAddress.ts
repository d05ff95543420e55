import { isIP } from 'node:net';

/** Where a Redis or Valkey is, and how to log in there. */
export interface QueueAddress {
  /** The address for messages: without name and password. */
  readonly shown: string;
  readonly login: {
    readonly host: string;
    readonly port: number;
    readonly db: number;
    readonly username?: string;
    readonly password?: string;
    readonly tls?: { readonly servername?: string };
  };
  /** Whether the password was a part of the text, so that other users of the machine may see it. */
  readonly isPasswordOpen: boolean;
}

/** The environment variable of the address, for those who do not give it each time. */
export const addressVariable = 'LABELLESS_QUEUE';
/** The environment variable of the password. */
export const passwordVariable = 'LABELLESS_QUEUE_PASSWORD';

const wanted = 'redis://HOST:PORT is wanted, as redis://127.0.0.1:6379; rediss:// for TLS';

/**
 * Reads an address such as `redis://user@host:6379/0`. The password of the environment precedes one in the text.
 * @throws Error, a clause for people, which never has a part of the text: a password may be in it
 */
export function parseQueueAddress(text: string, env: NodeJS.ProcessEnv = process.env): QueueAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url && /^rediss?:\/\//.test(text))
    throw new Error(
      `${wanted}; a password with other characters than letters and digits goes into ${passwordVariable}`,
    );
  if (!url || !['redis:', 'rediss:'].includes(url.protocol) || url.hostname === '') throw new Error(wanted);
  if (!/^(\/\d{0,4})?$/.test(url.pathname))
    throw new Error(`${wanted}; behind the port is only the number of a database, as redis://127.0.0.1:6379/2`);
  if (url.search !== '' || url.hash !== '')
    throw new Error(`${wanted}; nothing with ? or #; a password with such characters goes into ${passwordVariable}`);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port || 6379);
  const db = Number(url.pathname.slice(1) || 0);
  const username = decoded(url.username);
  const open = decoded(url.password);
  const ofVariable = env[passwordVariable] ?? '';
  const password = ofVariable === '' ? open : ofVariable;
  return {
    shown: `${url.protocol}//${url.hostname}:${port}${db > 0 ? `/${db}` : ''}`,
    login: {
      host,
      port,
      db,
      ...(username !== '' && { username }),
      ...(password !== '' && { password }),
      ...(url.protocol === 'rediss:' && { tls: isIP(host) > 0 ? {} : { servername: host } }),
    },
    isPasswordOpen: open !== '',
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new Error(
      `name and password are written with % and two digits for special characters; or ${passwordVariable}`,
    );
  }
}
