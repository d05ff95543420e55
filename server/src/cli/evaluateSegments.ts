import { boundaryMeasure, sumCounts } from '../engine/metrics/boundary';
import { imageScores, prepareTruth, type ImageScores } from '../engine/metrics/imageScores';
import { readTruthLabels } from '../engine/dataset/evaluationFiles';
import { type Pair, readNamed, type Evaluation } from './evaluatePairs';
import { table } from './terminal';

/**
 * The scores of an image, or the mean scores of several. Shares are in [0, 1], `VOI` is in bits, `regions` and
 * `annotators` are means for several images.
 */
interface Figures {
  annotators: number;
  regions: number;
  /** By all annotators; `mIoUFine` and `mIoUCoarse` by the one with most and the one with fewest segments. */
  mIoU: number;
  mIoUFine: number;
  mIoUCoarse: number;
  covering: number;
  PRI: number;
  VOI: number;
  precision: number;
  recall: number;
  boundaryF: number;
}

interface Scored {
  readonly pair: Pair;
  readonly scores: ImageScores;
}

/** The scores of several images: means over them, but boundaries are counted together, as the BSDS benchmark does. */
function figuresOf(images: readonly Scored[]): Figures {
  const mean = (pick: (image: Scored) => number) => images.reduce((sum, image) => sum + pick(image), 0) / images.length;
  const { precision, recall, f } = boundaryMeasure(sumCounts(images.map(({ scores }) => scores.boundary)));
  return {
    annotators: mean(({ pair }) => pair.truths.length),
    regions: mean(({ scores }) => scores.segments),
    mIoU: mean(({ scores }) => scores.meanIoU),
    mIoUFine: mean(({ scores }) => scores.meanIoUFine),
    mIoUCoarse: mean(({ scores }) => scores.meanIoUCoarse),
    covering: mean(({ scores }) => scores.covering),
    PRI: mean(({ scores }) => scores.randIndex),
    VOI: mean(({ scores }) => scores.variation),
    precision,
    recall,
    boundaryF: f,
  };
}

const columns: readonly [heading: string, key: keyof Figures][] = [
  ['regions', 'regions'],
  ['mIoU', 'mIoU'],
  ['fine', 'mIoUFine'],
  ['coarse', 'mIoUCoarse'],
  ['covering', 'covering'],
  ['PRI', 'PRI'],
  ['VOI', 'VOI'],
  ['boundary F', 'boundaryF'],
];

/** Begins an evaluation of segmentations whose labels have no meaning: see `imageScores`. */
export function evaluateSegments(): Evaluation {
  const images: Scored[] = [];
  return {
    add: async pair => {
      const truths = await Promise.all(pair.truths.map(file => readNamed(file, readTruthLabels)));
      for (const [index, { labels }] of truths.entries())
        if (labels.every(value => value === 0))
          throw new Error(`${pair.truths[index]}: all its pixels are 0, so that there is nothing to measure against`);
      images.push({
        pair,
        scores: imageScores(await readNamed(pair.prediction, readTruthLabels), truths.map(prepareTruth)),
      });
      return [];
    },
    table: () => {
      const cells = (figures: Figures) => columns.map(([, key]) => figures[key].toFixed(key === 'regions' ? 0 : 3));
      const rows = images.map(image => [image.pair.id, ...cells(figuresOf([image]))]);
      const all = images.length > 1 ? [[`all ${images.length}`, ...cells(figuresOf(images))]] : [];
      return images.length === 0 ? '' : table(['image', ...columns.map(([heading]) => heading)], [...rows, ...all]);
    },
    json: () => ({
      images: images.map(image => ({ image: image.pair.id, prediction: image.pair.prediction, ...figuresOf([image]) })),
      mean: images.length === 0 ? null : figuresOf(images),
    }),
  };
}
