import type { ClassScores } from '../../server/src/engine/metrics/confusion';
import { mean } from '../quality/bestScores';

/** What is measured: pixels by one prediction, pixels by sizes and mirror images, and the masks that are proposed. */
export const forms = ['one prediction', 'sizes and mirrors', 'proposals'] as const;
export type Form = (typeof forms)[number];

/** What a row reached in one trial. */
export interface RowResult {
  readonly scores: Readonly<Partial<Record<Form, ClassScores>>>;
  /** The seconds of processor time that learning took, which other programs on the machine change little. */
  readonly seconds: number;
}

/**
 * Makes the table of a number of labelled images, in Markdown: a line a row, with means over the trials, least and
 * greatest, and the mean IoU of each class in the last form that the row has.
 */
export function labellingTable(rows: ReadonlyMap<string, readonly RowResult[]>, classes: readonly string[]): string {
  const lines = [...rows].map(([name, results]) => {
    const scores = (form: Form) => results.flatMap(result => result.scores[form] ?? []);
    const last = forms.findLast(form => scores(form).length > 0);
    return [
      name,
      ...forms.map(form => meanAndSpread(scores(form).map(({ mIoU }) => mIoU))),
      results.length === 0 ? '' : mean(results.map(({ seconds }) => seconds)).toFixed(0),
      String(results.length),
      ...classes.map((_, index) => {
        const known = last ? scores(last).flatMap(({ perClass }) => perClass[index] ?? []) : [];
        return known.length === 0 ? '–' : mean(known).toFixed(2);
      }),
    ];
  });
  const columns = [...forms, 'processor s', 'trials', ...classes];
  const head = [
    ['', ...columns],
    ['---', ...columns.map(() => '---:')],
  ];
  return [...head, ...lines].map(cells => `| ${cells.join(' | ')} |`).join('\n');
}

function meanAndSpread(values: readonly number[]): string {
  if (values.length === 0) return '–';
  const middle = mean(values).toFixed(3);
  if (values.length === 1) return middle;
  return `${middle} (${Math.min(...values).toFixed(3)} … ${Math.max(...values).toFixed(3)})`;
}
