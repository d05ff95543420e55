import path from 'node:path';
import { viewOf } from '../../../../mask/document/segmentationRecord';
import type { MaskDocument } from '../../../../mask/document/maskDocument';
import { fromBackup } from '../../../../mask/files/maskFiles';
import type { CarryLabelsResult } from '../../../../protocol/seriesMessages';
import type { Settings } from '../../../../protocol/settings';
import { checkMaskFits } from '../../engine/formats/imageMask';
import { loadImage } from '../../engine/image/loadImage';
import type { Picture } from '../../engine/image/picture';
import { carryLabels } from '../../engine/series/carryLabels';
import { proposeFromPrevious, type SeriesOutcome } from '../../engine/session/seriesProposal';
import type { CarryLabelsTask, PropagateTask } from '../jobMessages';
import { segmentServices, type TaskContext } from './taskContext';

/** Carries the labels of an image to the regions of the next one. */
export async function carryToNext(
  { previous, next, settings }: CarryLabelsTask,
  { signals }: Pick<TaskContext, 'signals'>,
): Promise<CarryLabelsResult> {
  const before = await openPair(previous, settings);
  signals.cancel.throwIfAborted();
  const { picture, document } = await openPair(next, settings);
  signals.cancel.throwIfAborted();
  const { regions } = document.state;
  const carry = carryLabels({ ...before, name: path.basename(previous.path) }, { picture, regions });
  const { labels, background, confidence } = carry;
  return { labels, background, confidence };
}

async function openPair(
  { path: file, mask }: CarryLabelsTask['next'],
  { limits, image }: Settings,
): Promise<{ picture: Picture; document: MaskDocument }> {
  const document = fromBackup(mask, limits.megapixels * 1e6);
  const { picture } = await loadImage(file, limits, { view: viewOf(document.state.run, image) });
  checkMaskFits(file, picture, document);
  return { picture, document };
}

/** Gives one image of a series the labels of the one before it. */
export async function propagateTo(
  { path: file, previous, settings }: PropagateTask,
  { signals, emit, beginWriting }: TaskContext,
): Promise<SeriesOutcome> {
  return proposeFromPrevious(file, previous, {
    settings,
    services: segmentServices(settings, emit),
    signals,
    beginWriting,
  });
}
