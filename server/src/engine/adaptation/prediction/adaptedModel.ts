import path from 'node:path';
import type { Backend } from '../../backend/session';
import type { Picture, Size } from '../../image/picture';
import { readCheckpointInUse } from '../run/checkpoint';
import type { ClassInfo } from '../../../../../mask/classes/classInfo';
import type { Experiment, PredictionSettings } from '../../experiment/experimentSchema';
import { trainedSize } from '../../experiment/trainedSize';
import { openModel } from './model';
import { predictionBudget } from './predictionBudget';
import { predictPicture, type PicturePrediction } from './predictPicture';
import { refinedClasses } from './refinedClasses';
import { SizedModels } from './sizedModels';
import { readRunClasses, readRunExperiment } from '../run/runFolder';
import { upsampleClasses, type ClassMap } from './sampling';
import { classRegions, type ClassRegions } from '../../merging/classRegions';
import type { RegionMap } from '../../../../../mask/regions/regionMap';
import type { Hierarchy } from '../../../../../mask/regions/hierarchy';

/** What one use of a model may change of the prediction that its experiment describes. */
export interface SegmentOptions {
  readonly changes?: Partial<PredictionSettings>;
  readonly cancel?: AbortSignal;
}

/** A finished training run, ready to segment pictures of any size, one at a time. */
export interface AdaptedModel {
  readonly name: string;
  readonly experiment: Experiment;
  /** Name and colour of each class, by label. */
  readonly classes: readonly ClassInfo[];
  /** The number of steps that the weights were trained. */
  readonly step: number;
  /** @throws AbortError once `cancel` is aborted */
  predict(picture: Picture, options?: SegmentOptions): Promise<PicturePrediction>;
  /** @throws AbortError once `cancel` is aborted */
  segment(picture: Picture, options?: SegmentOptions): Promise<AdaptedSegmentation>;
  /** Frees the compiled networks, which are kept for further pictures. */
  dispose(): Promise<void>;
}

/** A model's segmentation of a picture, at the picture's size. */
export interface AdaptedSegmentation extends ClassMap {
  /**
   * Connected regions of one class each, and their hierarchy: at granularity 0.5 a region is a class, above it an
   * object.
   */
  readonly regions: RegionMap;
  readonly hierarchy: Hierarchy;
  /** Class of each region. */
  readonly regionClasses: Uint8Array;
  readonly prediction: PredictionSettings;
  /** Runs of the network: one for each scale, mirror image and tile. */
  readonly runs: number;
}

/** The error for a folder that holds no network to segment with. */
export class ModelError extends Error {
  /** The setting that names the folder. */
  readonly setting = 'labelless.adaptation.checkpoint';
}

/** The share of a picture's pixels below which a region joins its neighbour. */
const speck = 1 / 10000;

/**
 * Opens a run's folder as a model, by the checkpoint that `readCheckpointInUse` chooses.
 * @param memory megabytes that the prediction of a picture may take
 * @throws ModelError that says what the folder lacks, or Error for a run that is damaged
 */
export async function openAdaptedModel(
  folder: string,
  openBackend: () => Promise<Backend>,
  memory: number,
): Promise<AdaptedModel> {
  const [experiment, classes] = [await readRunExperiment(folder), await readRunClasses(folder)];
  if (!experiment || !classes) throw new ModelError(`${folder} is no run: it needs config.json and classes.json`);
  const checkpoint = await readCheckpointInUse(folder, experiment);
  if (!checkpoint) throw new ModelError(`${folder} has no checkpoint yet; train it first`);
  const backend = await openBackend();
  const open = async ({ width, height }: Size) => {
    const model = await openModel(backend, experiment, classes.length, height, width);
    await model.load(checkpoint.tensors);
    return model;
  };
  const budget = predictionBudget(memory, experiment, classes.length);
  const models = new SizedModels(open, budget.megabytesFor, budget.megabytesOfModels);
  const predictor = { classes: classes.length, trained: trainedSize(experiment), ...budget, modelFor: models.get };
  const predict: AdaptedModel['predict'] = (picture, { changes, cancel } = {}) =>
    predictPicture(picture, { ...experiment.prediction, ...changes }, predictor, cancel);
  return {
    name: path.basename(folder),
    experiment,
    classes,
    step: checkpoint.step,
    predict,
    segment: async (picture, options = {}) => {
      const { probabilities, runs } = await predict(picture, options);
      const prediction = { ...experiment.prediction, ...options.changes };
      const map = prediction.refine
        ? await refinedClasses(probabilities, picture, options.cancel ?? new AbortController().signal)
        : upsampleClasses(probabilities, picture.width, picture.height);
      return { ...regionsOf(map), prediction, runs };
    },
    dispose: () => models.dispose(),
  };
}

function regionsOf(map: ClassMap): ClassMap & ClassRegions {
  return { ...map, ...classRegions(map.labels, map, Math.max(4, map.width * map.height * speck)) };
}
