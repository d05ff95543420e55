import type { PreparedRoundInfo, ProposalOutcome, UndoneRound } from '../../../../protocol/learningMessages';
import { roundOf } from '../../engine/learning/learningRounds';
import { prepareRound as prepare } from '../../engine/learning/prepareRound';
import { proposeImages } from '../../engine/learning/proposeImages';
import { undoRound as undo } from '../../engine/learning/undoRound';
import type { PrepareRoundTask, ProposeImageTask, UndoRoundTask } from '../jobMessages';
import { maskFolderOf, reader } from './sessionTasks';
import { segmentServices, type TaskContext } from './taskContext';

/** Prepares the next round of a folder. */
export function prepareRound(
  { folder, settings }: PrepareRoundTask,
  { signals }: Pick<TaskContext, 'signals'>,
): Promise<PreparedRoundInfo> {
  return prepare(folder, {
    maskFolder: settings.output.folder,
    limits: settings.limits,
    cancel: signals.cancel,
  });
}

/** Proposes a mask for one image. It may be ended at any moment and begun again. */
export async function proposeImage(
  { folder, round, image, settings }: ProposeImageTask,
  { signals, emit }: Pick<TaskContext, 'signals' | 'emit'>,
): Promise<ProposalOutcome> {
  const proposals = proposeImages(folder, roundOf(folder, round), [image], {
    settings,
    maskFolder: maskFolderOf(folder, settings),
    services: segmentServices(settings, emit),
    signals,
    reader,
  });
  for await (const outcome of proposals) return outcome;
  throw new Error(`${image}: nothing was proposed`);
}

/** Takes the proposals of a folder's last round back. */
export function undoRound(
  { folder, settings }: UndoRoundTask,
  { beginWriting }: Pick<TaskContext, 'beginWriting'>,
): Promise<UndoneRound> {
  beginWriting();
  return undo(folder, maskFolderOf(folder, settings));
}
