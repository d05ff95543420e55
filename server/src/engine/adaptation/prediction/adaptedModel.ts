import path from 'node:path';
import type { Backend } from '../../backend/session';
import type { Picture } from '../../image/picture';
import { readCheckpoint } from '../run/checkpoint';
import type { ClassInfo } from '../../../../../mask/classes';
import type { Experiment } from '../../experiment/experimentSchema';
import { openModel } from './model';
import { normalisedPicture } from '../../dataset/streaming/imageNormalisation';
import { readRunClasses, readRunExperiment } from '../run/runFolder';
import { shrinkPicture, upsampleClasses, workingSize, type ClassMap } from './sampling';
import { classRegions } from '../../merging/classRegions';
import type { RegionMap } from '../../../../../mask/regions/regionMap';
import type { Hierarchy } from '../../../../../mask/regions/hierarchy';

/** A finished training run, ready to segment pictures of any size. */
export interface AdaptedModel {
  readonly name: string;
  readonly experiment: Experiment;
  /** Name and colour of each class, by label. */
  readonly classes: readonly ClassInfo[];
  /** The number of steps that the weights were trained. */
  readonly step: number;
  segment(picture: Picture): Promise<AdaptedSegmentation>;
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
}

/** The error for a folder that holds no network to segment with. */
export class ModelError extends Error {
  /** The setting that names the folder. */
  readonly setting = 'labelless.adaptation.checkpoint';
}

/** The share of a picture's pixels below which a region joins its neighbour. */
const speck = 1 / 10000;

/**
 * Opens a run's folder as a model, by its last checkpoint.
 * @throws ModelError that says what the folder lacks, or Error for a run that is damaged
 */
export async function openAdaptedModel(folder: string, openBackend: () => Promise<Backend>): Promise<AdaptedModel> {
  const [experiment, classes] = [await readRunExperiment(folder), await readRunClasses(folder)];
  if (!experiment || !classes) throw new ModelError(`${folder} is no run: it needs config.json and classes.json`);
  const checkpoint = await readCheckpoint(folder);
  if (!checkpoint) throw new ModelError(`${folder} has no checkpoint yet; train it first`);
  const backend = await openBackend();
  const segment = async (picture: Picture): Promise<AdaptedSegmentation> => {
    const [width, height] = workingSize(picture, experiment.training.size);
    const model = await openModel(backend, experiment, classes.length, height, width);
    try {
      await model.load(checkpoint.tensors);
      const { probabilities } = await model.predict(normalisedPicture(shrinkPicture(picture, width, height)), [
        'probabilities',
      ]);
      return regionsOf(upsampleClasses(probabilities!, picture.width, picture.height));
    } finally {
      await model.dispose();
    }
  };
  return { name: path.basename(folder), experiment, classes, step: checkpoint.step, segment };
}

function regionsOf(map: ClassMap): AdaptedSegmentation {
  return { ...map, ...classRegions(map.labels, map, Math.max(4, map.width * map.height * speck)) };
}
