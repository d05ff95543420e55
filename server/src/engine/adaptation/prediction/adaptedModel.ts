import path from 'node:path';
import type { Backend } from '../../backend/session';
import type { Picture, Size } from '../../image/picture';
import { readCheckpointInUse, type Checkpoint } from '../run/checkpoint';
import type { ClassInfo } from '../../../../../mask/classes/classInfo';
import type { Experiment, PredictionSettings } from '../../experiment/experimentSchema';
import { trainedSize } from '../../experiment/trainedSize';
import { openModel } from './model';
import { predictionBudget } from './predictionBudget';
import { predictedRegions, type PredictedRegions } from './predictedRegions';
import { predictPicture, type PicturePrediction } from './predictPicture';
import { SizedModels } from './sizedModels';
import { readRunClasses, readRunExperiment } from '../run/runFolder';

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

/** A model's segmentation of a picture, at the picture's size: see `predictedRegions`. */
export interface AdaptedSegmentation extends PredictedRegions {
  readonly prediction: PredictionSettings;
  /** Runs of the network: one for each scale, mirror image and tile. */
  readonly runs: number;
}

/** The error for a folder that holds no network to segment with. */
export class ModelError extends Error {
  /** The setting that names the folder. */
  readonly setting = 'labelless.adaptation.checkpoint';
}

/** What a run's folder says of its network: how it is built, what it tells apart, and its weights. */
export interface TrainedNetwork {
  readonly experiment: Experiment;
  /** By label. */
  readonly classes: readonly ClassInfo[];
  readonly checkpoint: Checkpoint;
}

/**
 * Reads the network of a run, by the checkpoint that `readCheckpointInUse` chooses.
 * @throws ModelError that says what the folder lacks, or Error for a run that is damaged
 */
export async function readTrainedNetwork(folder: string): Promise<TrainedNetwork> {
  const [experiment, classes] = [await readRunExperiment(folder), await readRunClasses(folder)];
  if (!experiment || !classes) throw new ModelError(`${folder} is no run: it needs config.json and classes.json`);
  const checkpoint = await readCheckpointInUse(folder, experiment);
  if (!checkpoint) throw new ModelError(`${folder} has no checkpoint yet; train it first`);
  return { experiment, classes, checkpoint };
}

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
  const { experiment, classes, checkpoint } = await readTrainedNetwork(folder);
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
      return {
        ...(await predictedRegions(probabilities, picture, prediction.refine, options.cancel)),
        prediction,
        runs,
      };
    },
    dispose: () => models.dispose(),
  };
}
