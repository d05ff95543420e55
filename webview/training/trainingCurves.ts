import * as l10n from '@vscode/l10n';
import type { TrainingPoint } from '../../protocol/trainingPoint';

/**
 * Joins the points of a log with new ones. A training run that resumes at a checkpoint repeats some steps: points from
 * the first new step on are replaced.
 */
export function joinPoints(points: readonly TrainingPoint[], fresh: readonly TrainingPoint[]): TrainingPoint[] {
  const first = fresh[0]?.step ?? Infinity;
  return [...points.filter(({ step }) => step < first), ...fresh];
}

/** A curve of a chart, with one value for each point; null where a point has none. */
export interface Curve {
  readonly name: string;
  readonly values: readonly (number | null)[];
}

/** The curves of the losses, by name in the order of their first appearance. */
export function lossCurves(points: readonly TrainingPoint[]): Curve[] {
  const names = [...new Set(points.flatMap(({ losses }) => Object.keys(losses)))];
  return names.map(name => ({
    name,
    values: points.map(({ losses }) => (losses as Partial<typeof losses>)[name] ?? null),
  }));
}

/** The points with an evaluation of a kind, and its curves. */
export function scoreCurves(
  points: readonly TrainingPoint[],
  kind: 'evaluation' | 'heldOut',
): { steps: number[]; curves: Curve[] } {
  const measured = points.flatMap(({ step, [kind]: scores }) => (scores ? [{ step, ...scores }] : []));
  return {
    steps: measured.map(({ step }) => step),
    curves: [
      { name: 'mIoU', values: measured.map(({ mIoU }) => mIoU) },
      { name: l10n.t('pixel accuracy'), values: measured.map(({ pixelAccuracy }) => pixelAccuracy) },
    ],
  };
}
