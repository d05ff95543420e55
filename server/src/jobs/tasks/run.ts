import { proposeExperiment } from '../../engine/dataset/proposal/proposeExperiment';
import { inspect as inspectImage } from '../../engine/image/inspect';
import type { StopSignals } from '../../engine/common/methodRun';
import type { Task, TaskEvent, TaskKind, TaskResults } from '../messages';
import { inspect } from './inspect';
import { evaluate } from './evaluate';
import { exportMask } from './export';
import { exportSet } from './exportSet';
import { drawImages } from './figure';
import { encodePicture } from './picture';
import { probe } from './probe';
import { segment } from './segment';
import { drawThumbnail } from './thumbnail';

/** What a task can use of its worker. */
export interface TaskContext {
  signals: StopSignals;
  /** Where results too large for a message go. */
  folder: string;
  emit: (event: TaskEvent) => void;
  /** Called before files are written: the last moment for a cancel. */
  beginWriting: () => void;
}

/** Does one task; throws an error whose message can be shown as it is. */
export function runTask(task: Task, context: TaskContext): Promise<TaskResults[TaskKind]> {
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
      return inspectImage(task.path, task.settings.limits);
    case 'probe':
      return probe(task);
    case 'inspect':
      return inspect(task, context);
    case 'propose':
      return proposeExperiment(task.labelled, task.photos, task.base, task.settings.limits, context.signals.cancel);
    case 'evaluate':
      return evaluate(task, context);
  }
}
