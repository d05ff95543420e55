import path from 'node:path';
import type { Command } from 'commander';
import { version } from '../../../package.json';
import { counted } from '../engine/common/counted';
import type { EnqueueOptions } from '../queue/enqueuePhotos';
import { openPhotoPlace } from '../storage/openPlace';
import { isStoreUrl } from '../storage/storeUrl';
import { withQueue } from './queuePart';
import { wantedName, type QueueValues } from './queueOptions';
import { requestOptions } from './requestOptions';
import { UsageError } from './settingOptions';
import { printOut } from './standardStreams';
import { interruptedStatus, onInterrupt, printable } from './terminal';

interface EnqueueValues extends QueueValues {
  readonly output?: string;
  readonly recursive?: true;
  readonly batch: number;
  readonly priority: number;
}

/** `labelless enqueue`: queues the photos of a folder. */
export async function enqueueFolder(command: Command, operandsAfterTerminator: number): Promise<number> {
  const name = wantedName(command);
  const values = command.opts<EnqueueValues>();
  const { batch, priority, recursive = false, json = false } = values;
  const set = wantedSet(command, operandsAfterTerminator, values);
  const interrupt = onInterrupt();
  try {
    const { photos: from, results } = set.places;
    const place = await openPhotoPlace({ photos: from, results: results ?? undefined, formats: set.request.formats });
    await place.prepare(interrupt.signal);
    const onUnlisted = (folder: string, reason: string) =>
      process.stderr.write(`${printable(folder)}: cannot be listed: ${reason}\n`);
    const queued = await withQueue(command, (queue, connection) => {
      const photos = place.list({ recursive, signal: interrupt.signal, onUnlisted });
      return queue.enqueuePhotos(connection, { name, set, batch, priority }, photos);
    });
    if (queued.photos + queued.known === 0)
      throw new Error(`${printable(from)} has no photos${recursive ? '' : '; --recursive looks into its folders too'}`);
    const known = queued.known > 0 ? `; ${counted(queued.known, 'photo')} queued before` : '';
    process.stderr.write(
      `labelless: ${name}: queued ${counted(queued.photos, 'photo')} in ${counted(queued.jobs, 'job')}${known}\n`,
    );
    if (json) printOut(`${JSON.stringify({ name, ...queued })}\n`);
    return 0;
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    process.stderr.write('labelless: interrupted; what was queued stays, and the same call goes on\n');
    return interruptedStatus;
  } finally {
    interrupt.release();
  }
}

/** What a call asks to make of which photos. @throws UsageError for what a queue cannot do */
function wantedSet(
  command: Command,
  operandsAfterTerminator: number,
  { output }: EnqueueValues,
): EnqueueOptions['set'] {
  const { operands, formats, regions, settings, references } = requestOptions(command, operandsAfterTerminator);
  const [photos, ...more] = operands;
  if (photos === undefined || more.length > 0) throw new UsageError('enqueue wants one folder of photos');
  if (references.length > 0)
    throw new UsageError('--reference goes with labelless segment; labelless learn trains a network for many machines');
  if (!formats.includes('mask'))
    throw new UsageError('workers know by the masks what is done: --format must have mask among others');
  const at = (place: string) => (isStoreUrl(place) ? place : path.resolve(place));
  const results = output ?? (settings.output.folder || undefined);
  return {
    version,
    places: { photos: at(photos), results: results === undefined ? null : at(results) },
    request: { settings: { ...settings, tensorflow: { folder: '' } }, formats: [...formats], regions: regions ?? null },
  };
}
