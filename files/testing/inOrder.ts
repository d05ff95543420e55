import fs from 'node:fs/promises';
import timers from 'node:timers/promises';

/** The number of calls after which an action counts as endless. */
const mostCalls = 2000;

type Call = (...args: unknown[]) => Promise<unknown>;

/**
 * Runs an action that makes several calls of the file system at once, in an order that follows from a seed: each call
 * of node:fs/promises waits until it is chosen, and ends before the next one begins. Timers end at once. Different
 * seeds thus try the orders in which several processes could interfere.
 */
export async function inOrder<T>(seed: number, action: () => Promise<T>): Promise<T> {
  const waiting: (() => Promise<void>)[] = [];
  const restore = [
    ...Object.keys(fs).map(name => intercept(fs, name, waiting)),
    intercept(timers, 'setTimeout', waiting, () => Promise.resolve()),
  ];
  try {
    let ended = false;
    const result = action().finally(() => {
      ended = true;
    });
    result.catch(() => undefined); // it is awaited below
    for (let state = seed, calls = 0; ; calls++) {
      if (calls > mostCalls) throw new Error(`no end after ${mostCalls} calls, in order ${seed}`);
      await new Promise(resolve => setImmediate(resolve)); // until all wait for a call
      if (ended) return await result;
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      const [next] = waiting.splice((state >>> 8) % Math.max(1, waiting.length), 1);
      await next?.();
    }
  } finally {
    for (const undo of restore) undo();
    for (const call of waiting) void call();
  }
}

/** Replaces a function of a module by one that waits in `waiting`. @returns a function that restores the original */
function intercept(module: object, name: string, waiting: (() => Promise<void>)[], instead?: Call): () => void {
  const functions = module as Record<string, unknown>;
  const original = functions[name];
  if (typeof original !== 'function') return () => undefined;
  functions[name] = (...args: unknown[]) =>
    new Promise((resolve, reject) => {
      waiting.push(async () => {
        await (instead ?? (original as Call))(...args).then(resolve, reject);
      });
    });
  return () => {
    functions[name] = original;
  };
}
