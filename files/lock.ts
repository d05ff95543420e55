import { takeSystemLock, type SystemLock } from './systemLock';
import { WriteError } from './writeError';

/** The locks that this process holds, kept here so that their files stay open until they are released. */
const held = new Set<SystemLock>();

interface LockOptions {
  /** Milliseconds to wait for another holder. */
  readonly patience?: number;
  /** Ends the waiting with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/** A lock that is held until it is released, or this process ends. */
export interface HeldLock {
  release(): Promise<void>;
}

/**
 * Runs an action while no other process, nor another call in this process, runs one under the same lock. The lock is
 * the operating system's, see `SystemLock`: that of a process that ends, or is killed, is free at once.
 * @param lock absolute path of a file for the lock, in an existing folder; the file is there while the lock is held
 * @throws Error when another holds the lock too long, WriteError when the file cannot be made, the signal's reason when
 * it is aborted while waiting
 */
export async function withLock<T>(
  lock: string,
  action: () => Promise<T>,
  { patience = 120_000, signal }: LockOptions = {},
): Promise<T> {
  signal?.throwIfAborted();
  const limit = AbortSignal.timeout(patience);
  const taken = await take(lock, signal ? AbortSignal.any([limit, signal]) : limit);
  if (!taken) {
    signal?.throwIfAborted();
    throw new Error(
      `${lock}: another process has been writing there for ${Math.round(patience / 1000)} s; ` +
        'try again when it has ended',
    );
  }
  try {
    return await action();
  } finally {
    await taken.release();
  }
}

/**
 * Takes a lock for long, such as for the life of a training run, without waiting.
 * @param lock as for `withLock`
 * @returns undefined when another process, or another call in this process, holds it
 * @throws WriteError when the lock's file cannot be made
 */
export async function holdLock(lock: string): Promise<HeldLock | undefined> {
  return take(lock, AbortSignal.abort());
}

async function take(lock: string, signal: AbortSignal): Promise<HeldLock | undefined> {
  const taken = await takeSystemLock(lock, signal).catch((error: unknown) => {
    throw new WriteError(lock, error);
  });
  if (!taken) return undefined;
  held.add(taken);
  return {
    release: async () => {
      if (held.delete(taken)) await taken.release();
    },
  };
}
