import path from 'node:path';
import { reasonOf } from '../../../../mask/errors';
import { readImageHeader } from '../../engine/image/imageHeader';
import type { FromWorker, Task, TaskKind, TaskResults, ToWorker } from '../jobMessages';
import { changeFolderClass, findClassesInUse, readClasses } from './classTasks';
import { evaluate, exportRunNetwork, inspectExperiment, propose } from './experimentTasks';
import { exportMask, exportSet } from './exportTasks';
import { drawImages } from './figureTask';
import { drawThumbnail, encodePicture } from './imageTasks';
import { prepareRound, proposeImage, undoRound } from './learningTasks';
import { readLabelFile } from './readLabelFile';
import { listFolder, setImageStatus } from './sessionTasks';
import { segment } from './segmentTask';
import { carryToNext, propagateTo } from './seriesTasks';
import { probe, type TaskContext } from './taskContext';

/** A job process: does one task at a time, sends its events and its result, obeys stop and cancel. */

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
      message: messageOf(task, error),
      ...setting,
      memory: process.memoryUsage.rss(),
    });
  }
}

/** The message of an error. One that nobody foresaw has the runtime's words only: the file is named before them. */
function messageOf(task: Task, error: unknown): string {
  const isUnforeseen = [TypeError, RangeError, ReferenceError].some(kind => error instanceof kind);
  const file = 'path' in task ? path.basename(task.path) : task.kind;
  return isUnforeseen ? `${file}: Labelless failed on it (${reasonOf(error)})` : reasonOf(error);
}

/** Runs one task. @throws Error with a message that can be shown as it is */
function runTask(task: Task, context: TaskContext): Promise<TaskResults[TaskKind]> {
  switch (task.kind) {
    case 'segment':
      return segment(task, context);
    case 'figure':
      return drawImages(task, context);
    case 'thumbnail':
      return drawThumbnail(task);
    case 'export':
      return exportMask(task, context);
    case 'exportSet':
      return exportSet(task, context);
    case 'picture':
      return encodePicture(task, context);
    case 'header':
      return readImageHeader(task.path, task.settings.limits, task.settings.image.page);
    case 'readLabels':
      return readLabelFile(task, context);
    case 'listImages':
      return listFolder(task, context);
    case 'setStatus':
      return setImageStatus(task, context);
    case 'carryLabels':
      return carryToNext(task, context);
    case 'propagate':
      return propagateTo(task, context);
    case 'changeClass':
      return changeFolderClass(task, context);
    case 'readClasses':
      return readClasses(task);
    case 'classesInUse':
      return findClassesInUse(task, context);
    case 'prepareRound':
      return prepareRound(task, context);
    case 'proposeImage':
      return proposeImage(task, context);
    case 'undoRound':
      return undoRound(task, context);
    case 'probe':
      return probe(task.settings);
    case 'inspect':
      return inspectExperiment(task, context);
    case 'propose':
      return propose(task, context);
    case 'evaluate':
      return evaluate(task, context);
    case 'exportNetwork':
      return exportRunNetwork(task, context);
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
