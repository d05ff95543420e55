import { classScores, countPixels, emptyConfusion } from '../../server/src/engine/metrics/confusion';
import type { Cuttable } from '../quality/comparedMethods';
import { labelRegions, regionsAt, type PersonLabels } from './regionClasses';
import { labelNodes } from './wheelLabels';

/**
 * How a person labels regions: all of a cut at a granularity, or nodes of any size, as the wheel of the *Object* tool
 * offers them, where a click is worth so many wrong pixels.
 */
export type Labelling = { readonly granularity: number } | { readonly priceOfClick: number };

/** What a person's labels are: their scores against the truth, and clicks a picture. */
export interface CurvePoint {
  readonly labelling: Labelling;
  readonly mIoU: number;
  /** The share of the truth's pixels whose region has their class. */
  readonly purity: number;
  readonly clicks: number;
}

/** The ways of labelling that are compared. */
export const labellings = {
  cut: Array.from({ length: 20 }, (_, i): Labelling => ({ granularity: (i + 1) / 20 })),
  wheel: [10, 20, 40, 80, 160, 320].map((priceOfClick): Labelling => ({ priceOfClick })),
} as const;

/** Labels a picture as a person would. */
export function labelPicture(cuttable: Cuttable, truth: Uint8Array, labelling: Labelling): PersonLabels {
  return 'granularity' in labelling
    ? labelRegions(regionsAt(cuttable, labelling.granularity), truth)
    : labelNodes(cuttable, truth, labelling.priceOfClick);
}

/** Sums up pictures, which are labelled in each way. */
export class LabellingCurve {
  private readonly sums;
  private pictures = 0;

  constructor(classes: number, ways: readonly Labelling[]) {
    this.sums = ways.map(labelling => ({ labelling, confusion: emptyConfusion(classes), clicks: 0 }));
  }

  add(cuttable: Cuttable, truth: Uint8Array): void {
    this.pictures++;
    for (const sum of this.sums) {
      const { classes, clicks } = labelPicture(cuttable, truth, sum.labelling);
      countPixels(sum.confusion, truth, classes);
      sum.clicks += clicks;
    }
  }

  points(): CurvePoint[] {
    return this.sums.map(({ labelling, confusion, clicks }) => {
      const { mIoU, pixelAccuracy } = classScores(confusion);
      return { labelling, mIoU, purity: pixelAccuracy, clicks: clicks / this.pictures };
    });
  }
}

/**
 * The price of a click on a picture, in mIoU of its labels: a person who works for twice as many clicks wants them to
 * show.
 */
const priceInScore = 0.001;

/** Chooses the way by which labels are worth most, less the price of their clicks. */
export function bestLabelling(points: readonly CurvePoint[]): Labelling {
  const worth = ({ mIoU, clicks }: CurvePoint) => mIoU - priceInScore * clicks;
  return points.reduce((best, point) => (worth(point) > worth(best) ? point : best)).labelling;
}

/** A few words that name a way of labelling. */
export function describeLabelling(labelling: Labelling): string {
  return 'granularity' in labelling
    ? `granularity ${labelling.granularity.toFixed(2)}`
    : `wheel, a click for ${labelling.priceOfClick} pixels`;
}

/** The curve as a table in Markdown. */
export function curveTable(points: readonly CurvePoint[]): string {
  const head = '| regions | mIoU of the labels | purity | clicks a picture |\n| --- | ---: | ---: | ---: |';
  const lines = points.map(({ labelling, mIoU, purity, clicks }) => {
    const cells = [describeLabelling(labelling), mIoU.toFixed(3), purity.toFixed(3), clicks.toFixed(1)];
    return `| ${cells.join(' | ')} |`;
  });
  return [head, ...lines].join('\n');
}
