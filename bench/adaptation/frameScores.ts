import { openAdaptedModel, type AdaptedModel } from '../../server/src/engine/adaptation/prediction/adaptedModel';
import { classesByRegion, predictedRegions } from '../../server/src/engine/adaptation/prediction/predictedRegions';
import { upsampleClasses } from '../../server/src/engine/adaptation/prediction/sampling';
import { openBackend } from '../../server/src/engine/backend/openBackend';
import { resolveClasses } from '../../server/src/engine/dataset/layouts/classList';
import { dataLimits } from '../../server/src/engine/dataset/layouts/dataLimits';
import { loadItem } from '../../server/src/engine/dataset/streaming/itemLoading';
import { itemsToMeasure } from '../../server/src/engine/dataset/streaming/labelledItems';
import type { Experiment } from '../../server/src/engine/experiment/experimentSchema';
import { trainedSize } from '../../server/src/engine/experiment/trainedSize';
import type { TensorValue } from '../../server/src/engine/graph/core/operation';
import { loadImage } from '../../server/src/engine/image/loadImage';
import { resizePicture, type Picture } from '../../server/src/engine/image/picture';
import { classScores, countPixels, emptyConfusion, type ClassScores } from '../../server/src/engine/metrics/confusion';
import { defaultSettings } from '../../protocol/settings';

/** The ways of prediction that are compared. The last is how photos are segmented by default. */
export const ways = ['one prediction', 'sizes and mirror images', 'sizes, mirror images and superpixels'] as const;
export type Way = (typeof ways)[number];

/** The scores of each way on all frames together, and the seconds that a photo took. */
export type WayScores = Readonly<Record<Way, ClassScores & { readonly secondsPerPhoto: number }>>;

export interface ScoringOptions {
  /** The folder of the run, whose last checkpoint is scored. */
  readonly folder: string;
  /** The frames to score on, by their places in order of names. */
  readonly frames: readonly [from: number, to: number];
  /** The size at which classes are compared: that of the pictures of the last training stage, or the labels' own. */
  readonly at: 'trained' | 'photo';
  readonly threads: number;
}

/** Scores a finished run on labelled frames. The sizes and mirror images are those of the experiment given. */
export async function scoreFrames(
  experiment: Experiment,
  { folder, frames, at, threads }: ScoringOptions,
): Promise<WayScores> {
  const classList = resolveClasses(experiment.classes);
  const all = { ...experiment, evaluation: { ...experiment.evaluation!, limit: undefined } };
  const items = (await itemsToMeasure(all, '', classList)).slice(...frames);
  const model = await openAdaptedModel(folder, () => openBackend('cpu', { threads }), defaultSettings.limits.memory);
  const sums = eachWay(() => ({ confusion: emptyConfusion(classList.definitions.length), seconds: 0 }));
  for (const item of items) {
    const { picture: photo } = await loadImage(item.image, dataLimits);
    const [width, height] = at === 'trained' ? trainedSize(experiment) : [photo.width, photo.height];
    const { labels } = await loadItem(item, classList, { size: [width, height], fit: 'exact' });
    const shown = await resizePicture(photo, width, height);
    for await (const { way, classes, seconds } of predictInAllWays(model, experiment, photo, shown)) {
      countPixels(sums[way].confusion, labels!, classes);
      sums[way].seconds += seconds;
    }
  }
  await model.dispose();
  return eachWay(way => ({ ...classScores(sums[way].confusion), secondsPerPhoto: sums[way].seconds / items.length }));
}

function eachWay<T>(make: (way: Way) => T): Record<Way, T> {
  const [one, several, refined] = ways;
  return { [one]: make(one), [several]: make(several), [refined]: make(refined) };
}

/**
 * Predicts a photo in each way.
 * @param shown the photo at the size at which classes are compared
 */
async function* predictInAllWays(
  model: AdaptedModel,
  { prediction: { scales, mirror } }: Experiment,
  photo: Picture,
  shown: Picture,
): AsyncGenerator<{ way: Way; classes: Uint8Array; seconds: number }> {
  const [one, several, refined] = ways;
  const { width, height } = shown;
  const upsampled = (probabilities: TensorValue) => upsampleClasses(probabilities, width, height).labels;
  let started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  const single = await model.predict(photo, { changes: { scales: [1], mirror: false } });
  yield { way: one, classes: upsampled(single.probabilities), seconds: seconds() };
  started = performance.now();
  const { probabilities } = await model.predict(photo, { changes: { scales, mirror } });
  yield { way: several, classes: upsampled(probabilities), seconds: seconds() };
  const { regions, regionClasses } = await predictedRegions(probabilities, shown, true);
  yield { way: refined, classes: classesByRegion(regions, regionClasses), seconds: seconds() };
}
