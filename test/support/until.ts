import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits until a condition holds.
 * @param what the condition, for the error
 * @param limit milliseconds after which it counts as never fulfilled: long enough for a busy machine
 * @throws Error when it does not hold by then
 */
export async function until(what: string, holds: () => boolean | Promise<boolean>, limit = 50_000): Promise<void> {
  const end = Date.now() + limit;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`Waited in vain for this: ${what}`);
    await sleep(10);
  }
}
