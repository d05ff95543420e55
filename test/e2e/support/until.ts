import { setTimeout as delay } from 'node:timers/promises';

/** Waits until something holds. @throws Error naming it when it does not within the time (milliseconds) */
export async function until(what: string, holds: () => boolean | Promise<boolean>, limit = 15_000): Promise<void> {
  const deadline = Date.now() + limit;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`Waited in vain until ${what}.`);
    await delay(50);
  }
}
