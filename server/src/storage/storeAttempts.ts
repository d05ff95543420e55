import { setTimeout as pause } from 'node:timers/promises';
import { PlaceError } from './photoPlace';
import { statusOf } from './storeErrors';

/** Milliseconds before what broke off is begun again. */
const pauses = [300, 1000, 3000];

/** Repeats what breaks off while the store is away. */
export async function repeated<T>(action: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  for (const wait of pauses) {
    try {
      return await action();
    } catch (error) {
      if (!(error instanceof PlaceError) || error.problem !== 'away') throw error;
      await pause(wait * (0.5 + Math.random()), undefined, { signal });
    }
  }
  return action();
}

/** Whether a conditional write took place: the store refuses it where the condition does not hold. */
export async function unlessRefused(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (!(error instanceof PlaceError)) throw error;
    if (statusOf(error.cause) === 412 || error.problem === 'gone') return false;
    throw error;
  }
}
