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

/** Chooses the proposals to correct next. @param uncertainties by image, higher where the proposal is less certain */
export function chooseNext<T>(uncertainties: ReadonlyMap<T, number>, count: number, order: Order, random: Random): T[] {
  const images = [...uncertainties.keys()];
  if (order === 'random') return shuffled(images, random).slice(0, count);
  return images.sort((a, b) => uncertainties.get(b)! - uncertainties.get(a)!).slice(0, count);
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
