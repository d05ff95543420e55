import type { Settings } from '../../../../protocol/settings';
import type { Backend } from '../backend/session';
import type { Picture } from '../image/picture';
import type { RunSignals, SegmentationRun } from '../segmentation';
import { clustering } from './methods/clustering';
import { continuity } from './methods/continuity';
import type { Method } from './methods/method';
import { superpixel } from './methods/superpixel';
import { toFullSize } from './refine';
import { reducePicture } from './resize';

/** Pixels at which larger pictures are segmented; borders are then refined at full size. */
const workingPixels = 1_000_000;

const methods: Record<Settings['method'], Method> = { clustering, superpixel, continuity };

/** The picture itself, or a smaller copy of at most `workingPixels` with the same proportions. */
function workingPicture(picture: Picture): Picture {
  const scale = Math.sqrt(workingPixels / (picture.width * picture.height));
  if (scale >= 1) return picture;
  const side = (length: number) => Math.min(Math.max(Math.round(length * scale), 1), length);
  return reducePicture(picture, side(picture.width), side(picture.height));
}

/**
 * Segments a picture by the method of the settings. The back end is opened only when training begins, after the first
 * progress, which comes from colour alone. See `SegmentationRun` for stopping and cancelling.
 */
export async function* segmentPicture(
  picture: Picture, settings: Settings, openBackend: () => Promise<Backend>, signals: RunSignals,
): SegmentationRun {
  signals.cancel.throwIfAborted();
  const work = workingPicture(picture);
  const result = yield* methods[settings.method](work, settings, openBackend, signals);
  return { ...result, regions: await toFullSize(result.regions, work, picture, signals.cancel) };
}
