import path from 'node:path';
import type { ClassInfo } from '../../../../mask/classes/classInfo';
import { reasonOf } from '../../../../mask/errors';
import { layouts } from '../dataset/layouts';
import { resolveClasses } from '../dataset/layouts/classList';
import { dataLimits } from '../dataset/layouts/dataLimits';
import { itemsToMeasure } from '../dataset/streaming/labelledItems';
import { checkLabelSize } from '../dataset/streaming/itemLoading';
import type { PredictionSettings } from '../experiment/experimentSchema';
import { ImageError } from '../image/imageError';
import { loadImage } from '../image/loadImage';
import { countPixels, emptyConfusion, isEmptyConfusion, type Confusion } from '../metrics/confusion';
import { baseOf, experimentToMeasure, type MeasureOptions } from './evaluateRun';
import { openAdaptedModel } from './prediction/adaptedModel';
import { classesByRegion } from './prediction/predictedRegions';
import { readRun } from './run/readRun';

export interface PhotoEvaluationOptions extends MeasureOptions {
  /** What is changed of the prediction that the run's experiment describes. */
  readonly changes: Partial<PredictionSettings>;
  /** Megabytes that the prediction of a photo may take. */
  readonly memory: number;
}

/** How well a trained network segments labelled photos, each at its own size. */
export interface PhotoEvaluation {
  readonly step: number;
  /** Whether the photos are of the source, held out from training. */
  readonly heldOut: boolean;
  readonly classes: readonly ClassInfo[];
  /** The pixels of all photos. */
  readonly confusion: Confusion;
  readonly photos: number;
  /** Photos that could not be measured; `onProblem` was told why. */
  readonly failed: number;
  /** Runs of the network for all photos, and the seconds that these took. */
  readonly runs: number;
  readonly seconds: number;
}

/**
 * Measures a training run's network on the labelled photos that its experiment names for evaluation, else on those of
 * the source that it holds out: at their own size and by the way of prediction that `segment` uses. `evaluateRun`
 * measures as training does, by one prediction at the size of training.
 * @throws Error that says what is missing; AbortError once `signal` is aborted
 */
export async function evaluatePhotos(folder: string, options: PhotoEvaluationOptions): Promise<PhotoEvaluation> {
  const { changes, memory, openBackend, signal, onPicture, onProblem } = options;
  const { run } = await readRun(folder);
  const experiment = await experimentToMeasure(folder, run.experiment);
  const classList = resolveClasses(experiment.classes);
  const items = await itemsToMeasure(experiment, baseOf(folder, run.experiment), classList);
  const model = await openAdaptedModel(folder, openBackend, memory);
  const confusion = emptyConfusion(model.classes.length);
  let [photos, failed, runs, seconds] = [0, 0, 0, 0];
  try {
    for (const item of items) {
      signal.throwIfAborted();
      try {
        const { header, picture } = await loadImage(item.image, dataLimits);
        const truth = await layouts[item.layout].decode(item, classList, dataLimits);
        checkLabelSize(item.label.file, truth, header);
        const started = performance.now();
        const found = await model.segment(picture, { changes, cancel: signal });
        seconds += (performance.now() - started) / 1000;
        runs += found.runs;
        countPixels(confusion, truth.classes, classesByRegion(found.regions, found.regionClasses));
        onPicture(++photos);
      } catch (error) {
        signal.throwIfAborted();
        failed++;
        onProblem(error instanceof ImageError ? `${error.file}: ${error.reason}` : `${item.image}: ${reasonOf(error)}`);
      }
    }
  } finally {
    await model.dispose();
  }
  if (isEmptyConfusion(confusion))
    throw new Error(
      `${path.basename(folder)}: none of the ${photos} photos to measure on has a pixel of a class; ` +
        'check the labels that its experiment names',
    );
  return {
    step: model.step,
    heldOut: !experiment.evaluation,
    classes: model.classes,
    confusion,
    photos,
    failed,
    runs,
    seconds,
  };
}
