import { drawEvenly, drawSamples, renderBatch, type DatasetItem } from '../streaming/augmentation';
import type { Picture } from '../../image/picture';
import type { ClassInfo } from '../../../../../mask/classes/classInfo';
import type { BatchSize, BatchStream, StreamCursor, Example, ExperimentData } from '../streaming/experimentData';
import type { Experiment } from '../../experiment/experimentSchema';
import { normalisedPicture } from '../streaming/imageNormalisation';
import type { LabelledPicture } from './streets';

/** Pictures in memory, all of one size: that of training, or a larger one of its proportions. */
export interface Pictures {
  readonly classes: readonly ClassInfo[];
  readonly source: readonly LabelledPicture[];
  readonly target: readonly Picture[];
  /** Labelled pictures at the size of training. */
  readonly evaluation: readonly LabelledPicture[];
  /** Labelled pictures at the size of training that are held out from it. */
  readonly heldOut?: readonly LabelledPicture[];
}

/** Makes an experiment's data from pictures in memory. */
export function memoryData(
  experiment: Experiment,
  { classes, source, target, evaluation, heldOut = [] }: Pictures,
): ExperimentData {
  const { training, output } = experiment;
  const { seed } = training;
  const examples = async function* (pictures: readonly LabelledPicture[]): AsyncGenerator<Example> {
    for (const [index, { picture, labels }] of pictures.entries()) {
      await Promise.resolve();
      const { width, height } = picture;
      yield {
        name: String(index),
        image: normalisedPicture(picture),
        labels: { shape: [1, 1, height, width], data: Int32Array.from(labels) },
      };
    }
  };
  const photos = async function* (pictures: readonly Picture[]): AsyncGenerator<Example> {
    for (const [index, picture] of pictures.entries()) {
      await Promise.resolve();
      yield { name: String(index), image: normalisedPicture(picture) };
    }
  };
  return {
    classes,
    openSource: (cursor, size = training) => Promise.resolve(openStream(source, training, size, seed, cursor)),
    openTarget: (cursor, size = training) => {
      const items = target.map(picture => ({ picture }));
      return Promise.resolve(openStream(items, training, size, seed + 1, cursor));
    },
    sourcePictures: most => examples(source.slice(0, most)),
    targetPhotos: most => photos(target.slice(0, most)),
    evaluation: () => examples(evaluation),
    heldOut: () => examples(heldOut),
    describeHoldOut: () => undefined,
    previews: () => examples(evaluation.slice(0, output.previews)),
    listing: () => Promise.resolve({}),
  };
}

/** Opens a stream of batches of pictures drawn at random. The cursor is the number of batches drawn. */
function openStream(
  items: readonly DatasetItem[],
  { augmentation }: Experiment['training'],
  { batch, size }: BatchSize,
  seed: number,
  cursor: StreamCursor = 0,
): BatchStream {
  let drawn = Number(cursor);
  return {
    next: () => {
      const [draw, labelled] = [drawEvenly(items.length), items[0].labels !== undefined];
      const samples = drawSamples(draw, { batch, augmentation }, labelled, seed, ++drawn);
      return Promise.resolve(
        renderBatch(
          samples,
          samples.map(({ index }) => items[index]),
          size,
        ),
      );
    },
    cursor: () => drawn,
    close: () => Promise.resolve(),
  };
}
