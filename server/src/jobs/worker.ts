import { runTask } from './tasks/run';
import type { FromWorker, ToWorker } from './messages';

/** A worker process: does the one task it is given at a time, tells how far it is, obeys stop and cancel. */

let stop = new AbortController();
let cancel = new AbortController();

function send(message: FromWorker): void {
  // Errors of a closed channel need no answer: `disconnect` ends this process.
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}

async function run({ task, folder }: ToWorker & { type: 'run' }): Promise<void> {
  stop = new AbortController();
  cancel = new AbortController();
  try {
    const result = await runTask(task, {
      signals: { stop: stop.signal, cancel: cancel.signal },
      folder,
      emit: event => {
        send({ type: 'event', event });
      },
      beginWriting: () => {
        cancel.signal.throwIfAborted();
        send({ type: 'writing' });
      },
    });
    send({ type: 'done', result, memory: process.memoryUsage.rss() });
  } catch (error) {
    const setting =
      error instanceof Error && 'setting' in error && typeof error.setting === 'string'
        ? { setting: error.setting }
        : {};
    send({
      type: 'failed',
      message: error instanceof Error ? error.message : String(error),
      ...setting,
      memory: process.memoryUsage.rss(),
    });
  }
}

process.on('message', (message: ToWorker) => {
  switch (message.type) {
    case 'run':
      void run(message);
      break;
    case 'stop':
      stop.abort();
      break;
    case 'cancel':
      cancel.abort();
      break;
  }
});
// The server is gone: nobody waits for this work.
process.on('disconnect', () => {
  process.exit();
});
