import { seededRandom } from '../../server/src/engine/common/random';
import { boundaryMeasure, sumCounts } from '../../server/src/engine/metrics/boundary';
import type { ImageScores } from '../../server/src/engine/metrics/imageScores';
import type { Row } from './qualityRow';

/** A metric of a set of photos, each with the scores of one setting. */
export interface Metric {
  readonly name: string;
  /** 1 where higher is better, -1 where lower is better. */
  readonly sign: 1 | -1;
  readonly compute: (scores: readonly ImageScores[]) => number;
}

export const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const meanOf =
  (key: 'meanIoU' | 'meanIoUFine' | 'meanIoUCoarse' | 'covering' | 'randIndex' | 'variation') =>
  (scores: readonly ImageScores[]) =>
    mean(scores.map(one => one[key]));

export const metrics: readonly Metric[] = [
  { name: 'covering', sign: 1, compute: meanOf('covering') },
  { name: 'mIoU', sign: 1, compute: meanOf('meanIoU') },
  { name: 'fine', sign: 1, compute: meanOf('meanIoUFine') },
  { name: 'coarse', sign: 1, compute: meanOf('meanIoUCoarse') },
  { name: 'VOI', sign: -1, compute: meanOf('variation') },
  { name: 'PRI', sign: 1, compute: meanOf('randIndex') },
  { name: 'boundary F', sign: 1, compute: scores => boundaryMeasure(sumCounts(scores.map(one => one.boundary))).f },
];

/** The best value of a metric, with the scores that it comes from, by photo. */
interface Best {
  readonly value: number;
  readonly scores: readonly ImageScores[];
}

function bestIndex(values: readonly number[], sign: 1 | -1): number {
  const signed = values.map(value => sign * value);
  return signed.indexOf(Math.max(...signed));
}

/** The best single setting for all photos ("optimal data set scale"). */
export function ods(rows: readonly Row[], { compute, sign }: Metric): Best & { readonly setting: number } {
  const values = rows[0]!.scores.map((_, setting) => compute(rows.map(row => row.scores[setting]!)));
  const setting = bestIndex(values, sign);
  return { value: values[setting]!, scores: rows.map(row => row.scores[setting]!), setting };
}

/** The best setting for each photo ("optimal image scale"). */
export function ois(rows: readonly Row[], { compute, sign }: Metric): Best {
  const scores = rows.map(
    row =>
      row.scores[
        bestIndex(
          row.scores.map(one => compute([one])),
          sign,
        )
      ]!,
  );
  return { value: compute(scores), scores };
}

/**
 * The difference of a metric between `a` and `b`, which have scores of the same photos, with its 95 % interval by
 * resampling photos with settings kept (Efron and Tibshirani, *An Introduction to the Bootstrap*, 1993, section 13.3).
 */
export function metricDifference(
  a: Best,
  b: Best,
  { compute }: Metric,
  resamples = 2000,
): { value: number; low: number; high: number } {
  const next = seededRandom(1);
  const count = a.scores.length;
  const differences = Array.from({ length: resamples }, () => {
    const drawn = Array.from({ length: count }, () => Math.floor(next() * count));
    return compute(drawn.map(i => a.scores[i]!)) - compute(drawn.map(i => b.scores[i]!));
  }).toSorted((x, y) => x - y);
  const at = (share: number) => differences[Math.round(share * (resamples - 1))]!;
  return { value: a.value - b.value, low: at(0.025), high: at(0.975) };
}
