import type { Scores } from '../../server/src/engine/metrics/scores';
import { granularities, type Curve } from './photo';

const columns: { name: string; key: keyof Scores; sign: 1 | -1 }[] = [
  { name: 'covering', key: 'covering', sign: 1 }, { name: 'mIoU', key: 'meanIoU', sign: 1 },
  { name: 'VOI', key: 'variation', sign: -1 }, { name: 'PRI', key: 'randIndex', sign: 1 },
];

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** ODS: the best granularity for all photos; OIS: the best for each. */
function best(curves: readonly Curve[], key: keyof Scores, sign: 1 | -1): { ods: number; at: number; ois: number } {
  const byGranularity = granularities.map((_, g) => mean(curves.map(curve => curve.scores[g][key])));
  const ods = sign * Math.max(...byGranularity.map(value => sign * value));
  const ois = mean(curves.map(curve => sign * Math.max(...curve.scores.map(scores => sign * scores[key]))));
  return { ods, at: granularities[byGranularity.indexOf(ods)], ois };
}

export function printTable(all: ReadonlyMap<string, readonly Curve[]>): void {
  console.log(['variant'.padEnd(16), ...columns.map(({ name }) => `${name} ODS (at) / OIS`.padEnd(24)), 's a photo'].join(' '));
  for (const [name, curves] of all) {
    const cells = columns.map(({ key, sign }) => {
      const { ods, at, ois } = best(curves, key, sign);
      return `${ods.toFixed(3)} (${at.toFixed(2)}) / ${ois.toFixed(3)}`.padEnd(24);
    });
    console.log([name.padEnd(16), ...cells, mean(curves.map(curve => curve.seconds)).toFixed(2)].join(' '));
  }
  for (const [name, curves] of all) {
    console.log(`regions, ${name}: ${[1, 5, 10, 15, 19].map(g => `${Math.round(mean(curves.map(curve => curve.counts[g])))} at ${granularities[g]}`).join(', ')}`);
  }
}
