import { PhotoSegmenter } from './photoSegmenter';
import { toPhotosSchema, type FromPhotos, type ToPhotos } from './photoMessages';

/**
 * The process that segments the photos of a worker's jobs: a crash or a lack of memory ends it and not the worker. It
 * ends when the worker does; a signal from the terminal is the worker's business, which then stops it.
 */

const cancel = new AbortController();
let stop = new AbortController();
let running: Promise<void> = Promise.resolve();

function send(message: FromPhotos): void {
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}

const segmenter = new PhotoSegmenter(send, cancel.signal);

function obey(message: ToPhotos): void {
  if (message.type === 'stop') {
    stop.abort();
    return;
  }
  stop = new AbortController();
  running = segmenter.run(message, stop.signal);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.on('message', message => {
  obey(toPhotosSchema.parse(message));
});
process.on('disconnect', () => {
  cancel.abort();
  void running.finally(() => process.exit(0));
});
