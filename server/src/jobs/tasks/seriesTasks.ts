import path from 'node:path';
import { viewOf } from '../../../../mask/document/segmentationRecord';
import type { MaskDocument } from '../../../../mask/document/maskDocument';
import { fromBackup } from '../../../../mask/files/maskFiles';
import type { CarryLabelsResult } from '../../../../protocol/seriesMessages';
import type { Settings } from '../../../../protocol/settings';
import { PretrainedFeatures } from '../../engine/adaptation/networks/pretrainedFeatures';
import type { Backend } from '../../engine/backend/session';
import { checkMaskFits } from '../../engine/formats/imageMask';
import { loadImage } from '../../engine/image/loadImage';
import type { Picture } from '../../engine/image/picture';
import { openSight } from '../../engine/learning/openSight';
import { carryBySight, type SeriesSight } from '../../engine/series/seriesSight';
import { proposeFromPrevious, type SeriesOutcome } from '../../engine/session/seriesProposal';
import type { CarryLabelsTask, PropagateTask } from '../jobMessages';
import { openBackend, segmentServices, type TaskContext } from './taskContext';

/** Carries the labels of an image to the regions of the next one. */
export async function carryToNext(
  { previous, next, settings }: CarryLabelsTask,
  { signals, emit }: Pick<TaskContext, 'signals' | 'emit'>,
): Promise<CarryLabelsResult> {
  const before = await openPair(previous, settings);
  signals.cancel.throwIfAborted();
  const { picture, document } = await openPair(next, settings);
  signals.cancel.throwIfAborted();
  const { regions } = document.state;
  const source = { ...before, name: path.basename(previous.path) };
  const sight = sightOf(settings, signals.cancel, emit);
  const carry = await carryBySight(source, { file: next.path, picture, regions }, sight);
  const { labels, background, confidence, round } = carry;
  return { labels, background, confidence, ...(round !== undefined && { round }) };
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
    sight: sightOf(settings, signals.cancel, emit),
    signals,
    beginWriting,
  });
}

/** The pretrained encoder of this process's last task that used it. It goes with the process. */
let last: { readonly backend: Backend; readonly encoder: PretrainedFeatures } | undefined;

function sightOf(settings: Settings, cancel: AbortSignal, emit: TaskContext['emit']): SeriesSight {
  return openSight({
    settings,
    services: segmentServices(settings, emit),
    cancel,
    openEncoder: async () => {
      const backend = await openBackend(settings, emit);
      if (last?.backend !== backend) {
        await last?.encoder.dispose();
        last = { backend, encoder: new PretrainedFeatures(backend) };
      }
      return last.encoder;
    },
    warn: message => {
      emit({ type: 'log', level: 'warn', message });
    },
  });
}
