import type { Experiment } from '../../experiment/experimentSchema';
import type { Size } from '../../image/picture';
import { predictionTensors } from './model';
import type { Predictor } from './predictPicture';
import { smallestTile } from './tilePlan';

/**
 * What a process holds per megabyte of the tensors of a prediction and of state, and beside them. Fitted to peaks of
 * the `cpu` back end, which it meets or exceeds by up to a tenth above 500 MB: 231 and 571 MB for `compact` at 640×480
 * and 1280×960, 551 MB for `mobilenetv2-aspp` and 705 MB for `efficientnet-lite0` at 1280×960, each with 11 classes.
 */
const [perTensor, perState, megabytesBeside] = [1.9, 2, 145];

/** How the memory beside the process itself is shared out: a run of the network, all compiled ones, and their mean. */
const shares = { run: 1 / 2, models: 3 / 4, grid: 1 / 8 };

/** A small size, on which the memory of a run is computed for one pixel. */
const sample: Size = { width: 128, height: 128 };

/** What the prediction of a picture may take, and what a network takes that is compiled for a size. */
export interface PredictionBudget extends Pick<Predictor, 'mostPixels' | 'mostGridPixels'> {
  /** Megabytes that all compiled networks may take together. */
  readonly megabytesOfModels: number;
  readonly megabytesFor: (size: Size) => number;
}

/** Shares out the megabytes that the prediction of a picture may take. */
export function predictionBudget(memory: number, experiment: Experiment, classes: number): PredictionBudget {
  const { live, state } = predictionTensors(experiment, classes, sample);
  const perPixel = (perTensor * live) / (sample.width * sample.height);
  const available = Math.max(0, memory - megabytesBeside);
  return {
    mostPixels: Math.max(smallestTile, Math.floor((shares.run * available - perState * state) / perPixel)),
    mostGridPixels: Math.max(smallestTile, Math.floor((shares.grid * available * 1e6) / (4 * classes))),
    megabytesOfModels: shares.models * available,
    megabytesFor: ({ width, height }) => perState * state + perPixel * width * height,
  };
}
