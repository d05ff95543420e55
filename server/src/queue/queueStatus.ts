import { outcomes, outcomesKey, bullPrefix, stateKey, type Outcome } from './queueKeys';
import { failureSchema, type PhotoFailure } from './jobRecord';
import type { QueueConnection } from './queueConnection';
import { readStored } from './storedValue';
import { redisNow, workerReportSchema, type WorkerState } from './workerReport';

/** How far the photos of a queue are. */
export interface QueueStatus {
  readonly name: string;
  /** `waiting` are those of jobs that wait or run and of which nothing has become yet. */
  readonly photos: Readonly<Record<Outcome | 'waiting', number>> & { readonly all: number };
  readonly jobs: Readonly<Record<'waiting' | 'running' | 'delayed' | 'done' | 'failed', number>>;
  /** Photos per second over the last minutes, of all workers that are alive. */
  readonly photosPerSecond: number;
  /** Null where it cannot be told. */
  readonly secondsLeft: number | null;
  readonly workers: readonly WorkerState[];
  /** The first of the photos that were set aside or kept for a reason, and the number of all of them. */
  readonly failures: readonly PhotoFailure[];
  readonly failureCount: number;
}

/** The longest list of failures that is read. */
export const mostFailuresTold = 100;
/** The number of jobs whose outcomes are read at once. */
const jobsAtOnce = 1000;
/** Milliseconds without a report after which a worker counts as gone. */
const silence = 20_000;

/** Is told the outcomes of a job's photos, a character a photo: see `outcomes`. */
type OnOutcomes = (job: string, outcomes: string) => void;

/** Reads how far a queue is; undefined where nobody has queued anything under that name. @throws QueueError */
export async function readQueueStatus(
  connection: QueueConnection,
  name: string,
  onOutcomes: OnOutcomes = () => undefined,
): Promise<QueueStatus | undefined> {
  const sizes = await connection.run(client => client.hgetall(stateKey(name, 'jobs')));
  const jobs = await jobCounts(connection, name);
  if (Object.keys(sizes).length === 0 && Object.values(jobs).every(count => count === 0)) return undefined;
  const photos = await photoCounts(connection, name, sizes, onOutcomes);
  const workers = await liveWorkers(connection, name);
  const photosPerSecond = workers.reduce(
    (sum, { photos: done, seconds }) => sum + (seconds > 0 ? done / seconds : 0),
    0,
  );
  return {
    name,
    photos,
    jobs,
    photosPerSecond,
    secondsLeft: photos.waiting === 0 ? 0 : photosPerSecond > 0 ? photos.waiting / photosPerSecond : null,
    workers,
    ...(await failuresOf(connection, name)),
  };
}

async function jobCounts(connection: QueueConnection, name: string): Promise<QueueStatus['jobs']> {
  const key = (kind: string) => `${bullPrefix}:${name}:${kind}`;
  const answers = await connection.runAll(client =>
    client
      .pipeline()
      .llen(key('wait'))
      .zcard(key('prioritized'))
      .llen(key('active'))
      .zcard(key('delayed'))
      .zcard(key('completed'))
      .zcard(key('failed')),
  );
  const [wait = 0, prioritized = 0, running = 0, delayed = 0, done = 0, failed = 0] = answers.map(Number);
  return { waiting: wait + prioritized, running, delayed, done, failed };
}

async function photoCounts(
  connection: QueueConnection,
  name: string,
  sizes: Readonly<Record<string, string>>,
  onOutcomes: OnOutcomes,
): Promise<QueueStatus['photos']> {
  const photos = { all: 0, done: 0, kept: 0, failed: 0, waiting: 0 };
  const ids = Object.keys(sizes);
  for (let at = 0; at < ids.length; at += jobsAtOnce) {
    const part = ids.slice(at, at + jobsAtOnce);
    const texts = await connection.run(client => client.mget(part.map(id => outcomesKey(name, id))));
    for (const [index, id] of part.entries()) {
      const size = Number(sizes[id]);
      const known = (texts[index] ?? '').slice(0, size);
      photos.all += size;
      onOutcomes(id, known);
      for (const letter of known) for (const [outcome, own] of outcomeLetters) if (letter === own) photos[outcome]++;
    }
  }
  photos.waiting = photos.all - photos.done - photos.kept - photos.failed;
  return photos;
}

const outcomeLetters = Object.entries(outcomes) as [Outcome, string][];

async function liveWorkers(connection: QueueConnection, name: string): Promise<WorkerState[]> {
  const now = await redisNow(connection);
  const reports = await connection.run(client => client.hvals(stateKey(name, 'workers')));
  return reports.flatMap(text => readStored(workerReportSchema, text) ?? []).filter(({ seen }) => now - seen < silence);
}

async function failuresOf(
  connection: QueueConnection,
  name: string,
): Promise<Pick<QueueStatus, 'failures' | 'failureCount'>> {
  const key = stateKey(name, 'failures');
  const failureCount = await connection.run(client => client.hlen(key));
  const [, pairs] = await connection.run(client => client.hscan(key, 0, 'COUNT', mostFailuresTold));
  const failures = pairs
    .filter((_, index) => index % 2 === 1)
    .flatMap(text => readStored(failureSchema, text) ?? [])
    .slice(0, mostFailuresTold)
    .sort((a, b) => (a.photo < b.photo ? -1 : 1));
  return { failures, failureCount };
}
