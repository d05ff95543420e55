import path from 'node:path';
import type { ListImagesResult, SetStatusResult } from '../../../../protocol/sessionMessages';
import type { Settings } from '../../../../protocol/settings';
import { listImages } from '../../engine/session/listImages';
import { setStatus } from '../../engine/session/setStatus';
import { StatusReader } from '../../engine/session/statusReader';
import type { ListImagesTask, SetStatusTask } from '../jobMessages';
import type { TaskContext } from './taskContext';

/** What this process has read of the files of folders. It goes with the process. */
export const reader = new StatusReader();

/** Masks of a folder are where the settings put them: into one folder, or beside each image. */
export function maskFolderOf(folder: string, { output }: Settings): (relative: string) => string {
  return relative => path.resolve(folder, path.dirname(relative), output.folder);
}

/** Lists a folder's images; its parts are events. */
export async function listFolder(
  { folder, recursive, images, settings }: ListImagesTask,
  { signals, emit }: Pick<TaskContext, 'signals' | 'emit'>,
): Promise<Omit<ListImagesResult, 'images'>> {
  const maskFolder = maskFolderOf(folder, settings);
  const list = listImages(folder, reader, { recursive, images, maskFolder, cancel: signals.cancel });
  for (;;) {
    const step = await list.next();
    if (step.done) return step.value;
    emit({ type: 'listed', images: step.value });
  }
}

/** Sets the status of a folder's images. A cancel ends it after the image in work. */
export async function setImageStatus(
  { folder, images, status, settings }: SetStatusTask,
  { signals, beginWriting }: Pick<TaskContext, 'signals' | 'beginWriting'>,
): Promise<SetStatusResult> {
  beginWriting();
  return setStatus(folder, images, status, {
    reader,
    maskFolder: maskFolderOf(folder, settings),
    limits: settings.limits,
    cancel: signals.cancel,
  });
}
