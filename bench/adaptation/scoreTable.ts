import type { PlannedRow } from './comparisonPlan';
import type { Way, WayScores } from './frameScores';
import type { TrainingTime } from './rowTraining';

/** A finished run, measured. */
export interface SeedResult extends TrainingTime {
  readonly seed: number;
  readonly scores: WayScores;
}

const columns = [
  'mIoU, mean',
  'least … greatest',
  'over source alone',
  'over it with statistics',
  'seeds',
  's a step',
  'min a run',
  's a photo',
];

/**
 * Makes the table of one way of prediction, in Markdown: a line a row, with means over the seeds, mean gains over the
 * row's controls with the same seeds, and the mean IoU of each class.
 */
export function scoreTable(
  way: Way,
  rows: readonly PlannedRow[],
  results: ReadonlyMap<string, readonly SeedResult[]>,
  classes: readonly string[],
): string {
  const body = rows.map(({ name, controls }) => {
    const own = results.get(name) ?? [];
    if (own.length === 0) return [name, 'not finished', ...Array<string>(columns.length - 1 + classes.length).fill('')];
    const gain = (control: string | undefined) => gainOver(way, own, results.get(control ?? '') ?? []);
    const scores = own.map(({ scores: { [way]: each } }) => each);
    const all = scores.map(({ mIoU }) => mIoU);
    return [
      name,
      mean(all).toFixed(3),
      `${Math.min(...all).toFixed(3)} … ${Math.max(...all).toFixed(3)}`,
      gain(controls.source),
      gain(controls.statistics),
      String(own.length),
      mean(own.map(({ secondsPerStep }) => secondsPerStep)).toFixed(2),
      mean(own.map(({ minutes }) => minutes)).toFixed(1),
      mean(scores.map(({ secondsPerPhoto }) => secondsPerPhoto)).toFixed(2),
      ...classes.map((_, index) => {
        const known = scores.flatMap(({ perClass }) => perClass[index] ?? []);
        return known.length === 0 ? '–' : mean(known).toFixed(2);
      }),
    ];
  });
  const head = [
    ['', ...columns, ...classes],
    ['---', ...[...columns, ...classes].map(() => '---:')],
  ];
  return [...head, ...body].map(cells => `| ${cells.join(' | ')} |`).join('\n');
}

/** The mean gain over another row's results with the same seeds; nothing where there are none. */
function gainOver(way: Way, own: readonly SeedResult[], others: readonly SeedResult[]): string {
  const bySeed = new Map(others.map(({ seed, scores }) => [seed, scores[way].mIoU]));
  const gains = own.flatMap(({ seed, scores }) => {
    const other = bySeed.get(seed);
    return other === undefined ? [] : [scores[way].mIoU - other];
  });
  if (gains.length === 0) return '';
  const gain = mean(gains);
  return `${gain < 0 ? '−' : '+'}${Math.abs(gain).toFixed(3)}`;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
