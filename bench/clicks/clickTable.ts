import { seededRandom } from '../../server/src/engine/common/random';
import { mean } from '../quality/bestScores';

/** What one way of selecting reached for one object: its IoU after each click. */
export interface Played {
  readonly photo: string;
  readonly overlaps: readonly number[];
}

/** The most clicks on an object. It counts as many where they do not suffice. */
export const mostClicks = 20;

const after = (clicks: number) => (played: Played) =>
  played.overlaps[Math.min(clicks, played.overlaps.length) - 1] ?? 0;

/** The number of clicks to an IoU; null where it is not reached. */
function clicksTo({ overlaps }: Played, least: number): number | null {
  const index = overlaps.findIndex(value => value >= least);
  return index < 0 ? null : index + 1;
}

const columns: readonly { readonly title: string; readonly of: (played: Played) => number; readonly digits: number }[] =
  [
    ...[1, 2, 3, 5].map(clicks => ({ title: `IoU ${clicks}`, of: after(clicks), digits: 3 })),
    ...[0.8, 0.85, 0.9].map(least => ({
      title: `clicks to ${least.toFixed(2)}`,
      of: (played: Played) => clicksTo(played, least) ?? mostClicks,
      digits: 2,
    })),
  ];

/** A row of the Markdown table: each mean with half its 95 % interval by resampling photos, and failures in brackets. */
export function tableRow(name: string, played: readonly Played[], clicks: number): string {
  const cells = columns.map(({ title, of, digits }) => {
    const isCount = title.startsWith('clicks');
    if (isCount ? clicks < mostClicks : Number(title.slice('IoU '.length)) > clicks) return '–';
    const [low, high] = interval(played, of);
    const least = Number(title.slice('clicks to '.length));
    const failures = isCount ? ` (${played.filter(one => clicksTo(one, least) === null).length} fail)` : '';
    return `${mean(played.map(of)).toFixed(digits)} ± ${((high - low) / 2).toFixed(digits)}${failures}`;
  });
  return `| ${[name, ...cells].join(' | ')} |`;
}

export function tableHead(): string {
  const titles = ['way', ...columns.map(({ title }) => title)];
  return `| ${titles.join(' | ')} |\n|${titles.map(() => ' --- |').join('')}`;
}

/** The 95 % interval of a mean over objects when photos are drawn anew (bootstrap). */
function interval(played: readonly Played[], of: (played: Played) => number, resamples = 2000): [number, number] {
  const byPhoto = [...Map.groupBy(played, ({ photo }) => photo).values()].map(objects => objects.map(of));
  const next = seededRandom(1);
  const means = Array.from({ length: resamples }, () =>
    mean(byPhoto.flatMap(() => byPhoto[Math.floor(next() * byPhoto.length)]!)),
  ).toSorted((a, b) => a - b);
  return [means[Math.round(0.025 * (resamples - 1))]!, means[Math.round(0.975 * (resamples - 1))]!];
}
