import type { Command } from 'commander';
import { counted } from '../engine/common/counted';
import { formatDuration } from '../engine/common/duration';
import type { QueueStatus } from '../queue/queueStatus';
import { withQueue } from './queuePart';
import { wantedAddress, wantedName, type QueueValues } from './queueOptions';
import { printOut } from './standardStreams';
import { aligned, printable } from './terminal';

/** `labelless status --queue`: tells how far a queue is. The exit status is 1 when photos or jobs failed. */
export async function showQueueStatus(command: Command): Promise<number> {
  const name = wantedName(command);
  const { json = false } = command.opts<QueueValues>();
  const { shown } = wantedAddress(command);
  const status = await withQueue(command, (queue, connection) => queue.readQueueStatus(connection, name));
  if (!status) throw new Error(`nothing is queued as ${name} in Redis at ${shown}; labelless enqueue does that`);
  printOut(json ? `${JSON.stringify(status)}\n` : queueTable(status));
  return status.photos.failed + status.jobs.failed > 0 ? 1 : 0;
}

/** `labelless retry`: queues once more what failed. */
export async function retryQueue(command: Command): Promise<number> {
  const name = wantedName(command);
  const again = await withQueue(command, (queue, connection) => queue.retryPhotos(connection, name));
  const { photos, jobs } = again;
  const ofJobs = jobs > 0 ? ` and ${counted(jobs, 'failed job')}` : '';
  process.stderr.write(`labelless: ${name}: queued ${counted(photos, 'photo')}${ofJobs} once more\n`);
  if (command.opts<QueueValues>().json) printOut(`${JSON.stringify({ name, ...again })}\n`);
  return 0;
}

/** `labelless cancel`: takes back what waits. */
export async function cancelQueue(command: Command): Promise<number> {
  const name = wantedName(command);
  const photos = await withQueue(command, (queue, connection) => queue.cancelPhotos(connection, name));
  process.stderr.write(`labelless: ${name}: took ${counted(photos, 'photo')} back\n`);
  if (command.opts<QueueValues>().json) printOut(`${JSON.stringify({ name, photos })}\n`);
  return 0;
}

/** The status as text: counts, speed, workers and failures. */
function queueTable(status: QueueStatus): string {
  const { name, photos, jobs, workers, failures, failureCount } = status;
  const column = Math.max(5, String(photos.all).length);
  const row = (label: string, count: number) => `  ${label.padEnd(10)} ${aligned('right', String(count), column)}\n`;
  const lines = workers.map(({ host, pid, concurrency, photos: done, seconds, trouble }) =>
    [
      `  ${host} (process ${pid}, ${concurrency} at a time): ${rate(seconds > 0 ? done / seconds : 0)}`,
      ...(trouble === undefined ? [] : [trouble]),
    ].join('; '),
  );
  const more = failureCount > failures.length ? `  and ${failureCount - failures.length} more\n` : '';
  return [
    `${name}: ${counted(photos.all, 'photo')}\n`,
    row('done', photos.done),
    row('kept', photos.kept),
    row('set aside', photos.failed),
    row('waiting', photos.waiting),
    `\nJobs: ${(['waiting', 'running', 'delayed', 'done', 'failed'] as const)
      .map(state => `${jobs[state]} ${state}`)
      .join(', ')}\n`,
    `${rate(status.photosPerSecond)}${timeLeft(status)}\n`,
    `\nWorkers: ${workers.length}\n`,
    ...lines.map(line => `${printable(line)}\n`),
    ...(failureCount > 0 ? ['\nSet aside, or kept for a reason\n'] : []),
    ...failures.map(({ photo, outcome, reason }) => `  ${printable(`${photo}: ${outcome}: ${reason}`)}\n`),
    more,
  ].join('');
}

function rate(photosPerSecond: number): string {
  return `${photosPerSecond.toFixed(2)} photos per second`;
}

function timeLeft({ secondsLeft }: QueueStatus): string {
  if (secondsLeft === null) return ', time left unknown';
  return secondsLeft === 0 ? '' : `, ${formatDuration(secondsLeft)} left`;
}
