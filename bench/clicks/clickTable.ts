import { seededRandom } from '../../server/src/engine/common/random';
import { mean } from '../quality/bestScores';

/** What one way of selecting reached for one object: its IoU after each click. */
export interface Played {
  readonly photo: string;
  readonly overlaps: readonly number[];
}

/** The most clicks on an object. It counts as many where they do not suffice. */
export const mostClicks = 20;

/** A column of the table. */
interface Column {
  readonly title: string;
  /** The least number of clicks that a way must be played for, so that the column says something about it. */
  readonly clicks: number;
  readonly digits: number;
  readonly of: (played: Played) => number;
  /** Whether the way failed for an object; absent where it cannot. */
  readonly fails?: (played: Played) => boolean;
}

const columns: readonly Column[] = [
  ...[1, 2, 3, 5].map(clicks => ({
    title: `IoU ${clicks}`,
    clicks,
    digits: 3,
    of: ({ overlaps }: Played) => overlaps[Math.min(clicks, overlaps.length) - 1] ?? 0,
  })),
  ...[0.8, 0.85, 0.9].map(least => ({
    title: `clicks to ${least.toFixed(2)}`,
    clicks: mostClicks,
    digits: 2,
    of: (played: Played) => clicksTo(played, least) ?? mostClicks,
    fails: (played: Played) => clicksTo(played, least) === null,
  })),
];

/** The number of clicks to an IoU; null where it is not reached. */
function clicksTo({ overlaps }: Played, least: number): number | null {
  const index = overlaps.findIndex(value => value >= least);
  return index < 0 ? null : index + 1;
}

/**
 * A row of the Markdown table: each mean with half its 95 % interval by resampling photos, and failures in brackets.
 * @param clicks how many clicks the way was played for at most
 */
export function tableRow(name: string, played: readonly Played[], clicks: number): string {
  const cells = columns.map(column => {
    if (column.clicks > clicks) return '–';
    const { of, fails, digits } = column;
    const [low, high] = interval(played, of);
    const failures = fails ? ` (${played.filter(fails).length} fail)` : '';
    const figures = [mean(played.map(of)), (high - low) / 2].map(value => value.toFixed(digits));
    return `${figures.join(' ± ')}${failures}`;
  });
  return `| ${[name, ...cells].join(' | ')} |`;
}

export function tableHead(): string {
  const titles = ['way', ...columns.map(({ title }) => title)];
  return `| ${titles.join(' | ')} |\n|${titles.map(() => ' --- |').join('')}`;
}

/** The 95 % interval of a mean over objects when photos are drawn anew (bootstrap). */
function interval(played: readonly Played[], of: (played: Played) => number, resamples = 2000): [number, number] {
  const byPhoto = new Map<string, number[]>();
  for (const one of played) byPhoto.set(one.photo, [...(byPhoto.get(one.photo) ?? []), of(one)]);
  const photos = [...byPhoto.values()];
  const next = seededRandom(1);
  const means = Array.from({ length: resamples }, () =>
    mean(photos.flatMap(() => photos[Math.floor(next() * photos.length)]!)),
  ).toSorted((a, b) => a - b);
  return [means[Math.round(0.025 * (resamples - 1))]!, means[Math.round(0.975 * (resamples - 1))]!];
}
