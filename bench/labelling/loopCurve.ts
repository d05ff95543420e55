import { sortByPath, wholeList, type SessionImage } from '../../mask/session/imageList';
import { stepFrom } from '../../mask/session/steps';
import type { Random } from '../../server/src/engine/common/random';
import { shuffled } from './chosenImages';

/** Which proposals a person corrects next. */
export const orders = ['most uncertain', 'random'] as const;
export type Order = (typeof orders)[number];

/** What a folder's masks are after a round: corrected ones, and proposals for the other images. */
export interface LoopPoint {
  readonly corrected: number;
  /** All clicks so far. */
  readonly clicks: number;
  readonly mIoU: number;
}

/** An image of the folder that the loop is played on, whose order is that of the list of a session. */
export interface LoopImage {
  readonly path: string;
  /** Of its proposal; undefined where its mask is approved. */
  readonly uncertainty: number | undefined;
}

/**
 * Chooses the proposals to correct next: at random, or as *Next Most Uncertain Image* leads to one after the other.
 * @returns their paths
 */
export function chooseNext(images: readonly LoopImage[], count: number, order: Order, random: Random): string[] {
  const open = images.filter(({ uncertainty }) => uncertainty !== undefined).map(({ path }) => path);
  if (order === 'random') return shuffled(open, random).slice(0, count);
  const listed = sortByPath(
    images.map(({ path, uncertainty = null }): SessionImage => {
      const status = uncertainty === null ? 'approved' : 'proposed';
      return { path, status, labels: 1, classes: [], uncertainty };
    }),
  );
  const place = { images: listed, view: wholeList, current: undefined };
  const chosen = new Set<number>();
  while (chosen.size < Math.min(count, open.length)) chosen.add(stepFrom(place, 'nextUncertain', chosen)!);
  return [...chosen].map(index => listed[index]!.path);
}

/** The clicks after which the folder has an mIoU, between two rounds in proportion; null where it is not reached. */
export function clicksTo(points: readonly LoopPoint[], least: number): number | null {
  const index = points.findIndex(({ mIoU }) => mIoU >= least);
  const [before, after] = [points[index - 1], points[index]];
  if (!after) return null;
  if (!before) return after.clicks;
  const share = (least - before.mIoU) / (after.mIoU - before.mIoU);
  return before.clicks + share * (after.clicks - before.clicks);
}

/** The curves of all orders as a table in Markdown, a line a round. */
export function loopTable(curves: ReadonlyMap<Order, readonly LoopPoint[]>, least: number): string {
  const names = [...curves.keys()];
  const rounds = Math.max(...[...curves.values()].map(points => points.length));
  const cells = (point: LoopPoint | undefined) =>
    point ? [String(point.clicks), point.mIoU.toFixed(3)] : (['–', '–'] as const);
  const lines = Array.from({ length: rounds }, (_, round) => [
    String(round + 1),
    ...names.flatMap(name => cells(curves.get(name)![round])),
  ]);
  const reached = [...curves.values()].flatMap(points => [clicksTo(points, least)?.toFixed(0) ?? 'not reached', '']);
  const columns = names.flatMap(name => [`${name}: clicks`, 'mIoU']);
  const head = [
    ['round', ...columns],
    ['---:', ...columns.map(() => '---:')],
  ];
  const all = [...head, ...lines, [`to ${least.toFixed(2)}`, ...reached]];
  return all.map(line => `| ${line.join(' | ')} |`).join('\n');
}
