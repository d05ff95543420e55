import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds after which a condition counts as never fulfilled: long enough for a busy machine. */
const limit = 50_000;

/**
 * Waits until a condition holds.
 * @param what the condition, for the error
 * @throws Error when it does not hold within 50 seconds
 */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + limit;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`Waited in vain for this: ${what}`);
    await sleep(10);
  }
}
