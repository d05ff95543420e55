import { classScores, countPixels, emptyConfusion, type Confusion } from '../../server/src/engine/metrics/confusion';
import type { Cuttable } from '../quality/comparedMethods';
import { labelRegions, regionsAt } from './regionClasses';

/** What a person's labels are at a granularity: their scores against the truth, and clicks a picture. */
export interface CurvePoint {
  readonly granularity: number;
  readonly mIoU: number;
  /** The share of the truth's pixels whose region has their class. */
  readonly purity: number;
  readonly clicks: number;
}

const granularities = Array.from({ length: 20 }, (_, i) => (i + 1) / 20);

/** Sums up pictures, which are labelled at each granularity. */
export class GranularityCurve {
  private readonly sums: readonly { granularity: number; confusion: Confusion; clicks: number }[];
  private pictures = 0;

  constructor(classes: number) {
    this.sums = granularities.map(granularity => ({ granularity, confusion: emptyConfusion(classes), clicks: 0 }));
  }

  add(cuttable: Cuttable, truth: Uint8Array): void {
    this.pictures++;
    for (const sum of this.sums) {
      const { classes, clicks } = labelRegions(regionsAt(cuttable, sum.granularity), truth);
      countPixels(sum.confusion, truth, classes);
      sum.clicks += clicks;
    }
  }

  points(): CurvePoint[] {
    return this.sums.map(({ granularity, confusion, clicks }) => {
      const { mIoU, pixelAccuracy } = classScores(confusion);
      return { granularity, mIoU, purity: pixelAccuracy, clicks: clicks / this.pictures };
    });
  }
}

/**
 * The price of a click on a picture, in mIoU of its labels: a person who works for twice as many clicks wants them to
 * show.
 */
const priceOfClick = 0.001;

/** Chooses the granularity at which labels are worth most, less the price of their clicks. */
export function bestGranularity(points: readonly CurvePoint[]): number {
  const worth = ({ mIoU, clicks }: CurvePoint) => mIoU - priceOfClick * clicks;
  return points.reduce((best, point) => (worth(point) > worth(best) ? point : best)).granularity;
}

/** The curve as a table in Markdown. */
export function curveTable(points: readonly CurvePoint[]): string {
  const head = '| granularity | mIoU of the labels | purity | clicks a picture |\n| ---: | ---: | ---: | ---: |';
  const lines = points.map(({ granularity, mIoU, purity, clicks }) => {
    const cells = [granularity.toFixed(2), mIoU.toFixed(3), purity.toFixed(3), clicks.toFixed(1)];
    return `| ${cells.join(' | ')} |`;
  });
  return [head, ...lines].join('\n');
}
