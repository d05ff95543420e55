import { metricDifference, mean, metrics, ods, ois } from './bestScores';
import type { Method } from './comparedMethods';
import type { Row } from './qualityRow';

/** The results of one method. */
export interface Result {
  readonly method: Method;
  readonly rows: readonly Row[];
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function heading(cells: readonly string[]): string {
  return `${line(cells)}\n${line(cells.map((_, i) => (i === 0 ? '---' : '---:')))}`;
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
const seconds = (value: number) => value.toFixed(value < 10 ? 2 : 0);

/** The scores of a method: ODS, the setting that gives it, and OIS. */
function figures({ method, rows }: Result): string {
  const cells = metrics.map(metric => {
    const best = ods(rows, metric);
    return `${best.value.toFixed(3)} (${method.settings[best.setting]}) / ${ois(rows, metric).value.toFixed(3)}`;
  });
  const times = (factor: (row: Row) => number) => {
    const medianOf = (kind: 'seconds' | 'processor') => seconds(median(rows.map(row => row[kind] * factor(row))));
    return `${medianOf('seconds')} (${medianOf('processor')})`;
  };
  const isCut = rows.some(row => row.extrapolated !== undefined);
  const full = isCut ? `, in full about ${times(row => (row.extrapolated ?? row.seconds) / row.seconds)}` : '';
  return line([method.name, ...cells, times(() => 1) + full, String(rows.length)]);
}

/** The scores of a method at its usual setting. */
function usual({ method, rows }: Result): string | undefined {
  const setting = method.settings.findIndex(name => name === method.defaultSetting);
  return setting < 0
    ? undefined
    : line([
        `${method.name} (${method.defaultSetting})`,
        ...metrics.map(({ compute }) => compute(rows.map(row => row.scores[setting]!)).toFixed(3)),
      ]);
}

/** The numbers of regions that a method gives at some of its settings. */
function regions({ method: { name, settings }, rows }: Result): string {
  const shown = settings.map((setting, s) => ({ setting, s })).filter(({ s }) => s % 5 === 0 || settings.length < 6);
  const counts = shown.map(
    ({ setting, s }) => `${Math.round(mean(rows.map(row => row.scores[s]!.segments)))} at ${setting}`,
  );
  return `${name}: ${counts.join(', ')}`;
}

/** The differences to the baseline on the photos that both have, with 95 % intervals. */
function differences({ method, rows }: Result, baseline: Result): string | undefined {
  const baselineRows = new Map(baseline.rows.map(row => [row.photo, row]));
  const common = rows.filter(row => baselineRows.has(row.photo));
  const theirs = common.map(row => baselineRows.get(row.photo)!);
  if (common.length < 2) return undefined;
  const cells = metrics.map(metric =>
    [ods, ois]
      .map(best => {
        const { value, low, high } = metricDifference(best(common, metric), best(theirs, metric), metric);
        return `${value.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
      })
      .join(' / '),
  );
  return line([method.name, ...cells, String(common.length)]);
}

/** Prints scores, numbers of regions, and differences to the baseline in Markdown. */
export function printTables(results: readonly Result[], baselineName: string): void {
  const names = metrics.map(({ name }) => name);
  console.log(
    `ODS (setting) / OIS, medians of seconds (of processor time) a photo\n\n` +
      `${heading(['method', ...names, 's', 'photos'])}`,
  );
  for (const result of results) console.log(figures(result));
  const defaults = results.map(usual).filter(text => text !== undefined);
  if (defaults.length > 0) console.log(`\nAt the default\n\n${heading(['method', ...names])}\n${defaults.join('\n')}`);
  console.log(`\nRegions, mean:\n\n${results.map(regions).join('\n')}`);
  const baseline = results.find(({ method }) => method.name === baselineName);
  const others = results.filter(result => result !== baseline);
  if (!baseline || others.length === 0) return;
  console.log(
    `\nDifference to ${baselineName}, ODS / OIS, with 95 % intervals over photos\n\n` +
      `${heading(['method', ...names, 'photos'])}`,
  );
  for (const result of others)
    console.log(differences(result, baseline) ?? line([result.method.name, 'fewer than two photos in common']));
}
