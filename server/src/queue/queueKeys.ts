/** The prefix of BullMQ's own keys, which no other program's queues have. */
export const bullPrefix = 'labelless';

/** What a queue can be called: the name is a part of keys. */
export const queueName = /^[\p{L}\p{N}_.-]{1,100}$/u;

const prefix = 'labelless-state';

/** The set of the names of all queues. */
export const namesKey = `${prefix}:names`;

/** The key of what Labelless keeps of a queue besides BullMQ's jobs. */
export const stateKey = (name: string, kind: 'jobs' | 'attempts' | 'failures' | 'underway' | 'workers'): string =>
  `${prefix}:${name}:${kind}`;

/**
 * The key of a job's outcomes, a text with a character a photo: see `outcomes`. A photo's character is overwritten, so
 * that counts stay exact when a photo is done twice or by two workers at once.
 */
export const outcomesKey = (name: string, job: string): string => `${prefix}:${name}:outcomes:${job}`;

/** What has become of a photo; any other character: nothing yet. */
export const outcomes = { done: 'd', kept: 'k', failed: 'f' } as const;
export type Outcome = keyof typeof outcomes;

const outcomeLetters: readonly string[] = Object.values(outcomes);

/** Whether a character says that something has become of its photo. */
export const isOutcome = (letter: string): boolean => outcomeLetters.includes(letter);

/** The field of the number of workers that ended at a photo, beside that of its failures. */
export const endsField = (field: string): string => `${field}/ends`;

/** The field of a photo in hashes of attempts and failures. */
export const photoField = (job: string, index: number): string => `${job}/${index}`;
