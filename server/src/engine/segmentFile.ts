import type { RunSummary } from '../../../protocol/server';
import type { Settings } from '../../../protocol/settings';
import type { Backend } from './backend/session';
import { segmentPicture } from './clustering/segment';
import { loadImage, type LoadedImage } from './image/read';
import type { Progress, RunSignals, Segmentation } from './segmentation';

/** What a run made of one image. */
export interface SegmentedImage {
  readonly image: LoadedImage;
  readonly segmentation: Segmentation;
  readonly summary: RunSummary;
}

/** A run over an image: yields progress, returns the result. */
export type ImageRun = AsyncGenerator<Progress, SegmentedImage>;

/**
 * Segments an image file by the method of the settings.
 * @throws ImageError for a file that cannot be read or is above a limit; AbortError once `signals.cancel` is aborted
 */
export async function* segmentFile(file: string, settings: Settings, openBackend: () => Promise<Backend>, signals: RunSignals): ImageRun {
  const started = performance.now();
  return yield* segmentImage(await loadImage(file, settings.limits), settings, openBackend, signals, started);
}

/** The same for an image that is in memory already; `started` is `performance.now()` when its reading began. */
export async function* segmentImage(
  image: LoadedImage, settings: Settings, openBackend: () => Promise<Backend>, signals: RunSignals, started = performance.now(),
): ImageRun {
  signals.cancel.throwIfAborted();
  let backend: Backend | undefined;
  const open = async () => backend = await openBackend();
  const segmentation = yield* segmentPicture(image.picture, settings, open, signals);
  const { iterations, stopped, reduced } = segmentation;
  return {
    image, segmentation,
    summary: {
      method: settings.method, parameters: settings[settings.method], seed: settings.seed, granularity: settings.granularity,
      // A picture too small to train on never asks for a back end: then plain code on the processor did it all.
      backend: backend?.name ?? 'cpu',
      iterations, stopped, seconds: (performance.now() - started) / 1000, ...(reduced && { reduced }),
    },
  };
}
