import type { PixelRuns } from '../regions/pixelRuns';
import { RunIndex, RunList, withoutRuns } from '../regions/runSets';
import { runsOfRings } from '../shapes/labelRings';
import type { Ring } from '../shapes/simplifyRings';

/** A label whose outline changes, and the map around it. */
export interface OutlinedLabel {
  readonly width: number;
  readonly height: number;
  /** The label's value, and its pixels. */
  readonly value: number;
  readonly runs: PixelRuns;
  /** The label value of a pixel, 0 for none. */
  readonly valueAt: (pixel: number) => number;
  /** Whether the label with a value keeps its pixels, and takes none. */
  readonly isLocked: (value: number) => boolean;
}

/** The pixels that change with an outline. */
export interface OutlineChange {
  /** The pixels that the label takes; of locked labels none. */
  readonly gained: PixelRuns;
  /** The pixels that it gives up, by the value of the label that gets them, 0 for none. */
  readonly lost: ReadonlyMap<number, PixelRuns>;
}

/**
 * The pixels that change when a label gets another outline: it has the pixels whose middle lies in an odd number of the
 * rings, but for those of locked labels. Each pixel that it gives up goes to the nearest label around, or to none where
 * that is nearest, through pixels that are given up; among equally near ones to that with the longest border with the
 * connected piece that is given up. Locked labels get nothing; what has no other neighbour belongs to no label.
 */
export function outlineChange(label: OutlinedLabel, rings: readonly Ring[]): OutlineChange {
  const { width, height, runs, value, valueAt, isLocked } = label;
  const after = runsOfRings(rings, width, height);
  const gained = new RunList();
  const entered = withoutRuns(after, runs);
  for (let i = 0; i < entered.length; i += 2) {
    for (let p = entered[i]; p < entered[i] + entered[i + 1]; p++) if (!isLocked(valueAt(p))) gained.add(p, p + 1);
  }
  const taken = gained.runs();
  const lost = withoutRuns(runs, after);
  const takenIndex = new RunIndex(taken);
  /** The label that a pixel beside those given up can give them to; -1: none. */
  const receiverAt = (pixel: number): number => {
    const one = valueAt(pixel);
    return one === value || isLocked(one) || takenIndex.find(pixel) >= 0 ? -1 : one;
  };
  return { gained: taken, lost: divided(lost, width, height, receiverAt) };
}

/** Divides pixels among the labels around them. */
function divided(
  lost: PixelRuns,
  width: number,
  height: number,
  receiverAt: (pixel: number) => number,
): Map<number, PixelRuns> {
  const index = new RunIndex(lost);
  const pixels = pixelsOf(lost, index.pixels);
  const neighbours = (p: number): number[] => {
    const x = p % width;
    return [
      ...(x > 0 ? [p - 1] : []),
      ...(x + 1 < width ? [p + 1] : []),
      ...(p >= width ? [p - width] : []),
      ...(p + width < width * height ? [p + width] : []),
    ];
  };
  const pieces = piecesOf(pixels, index, neighbours);
  const receivers = new Int32Array(index.pixels).fill(-1);
  /** The sides of pixels that a piece shares with a label, by `borderKey`. */
  const borders = new Map<number, number>();
  const borderKey = (p: number, receiver: number): number => pieces[index.find(p)] * 65536 + receiver;
  const offers: [pixel: number, receiver: number][] = [];
  for (const p of pixels) {
    for (const q of neighbours(p)) {
      const receiver = index.find(q) >= 0 ? -1 : receiverAt(q);
      if (receiver < 0) continue;
      const key = borderKey(p, receiver);
      borders.set(key, (borders.get(key) ?? 0) + 1);
      offers.push([p, receiver]);
    }
  }
  /** Whether a label comes before another that is as near: by border, then labels before none, then by value. */
  const isBefore = (p: number, one: number, other: number): boolean => {
    const by = borders.get(borderKey(p, one))! - borders.get(borderKey(p, other))!;
    return by !== 0 ? by > 0 : one === 0 || other === 0 ? one > other : one < other;
  };
  for (let round = offers; round.length > 0;) {
    const best = new Map<number, number>();
    for (const [p, receiver] of round) {
      const rival = best.get(p);
      if (rival === undefined || isBefore(p, receiver, rival)) best.set(p, receiver);
    }
    for (const [p, receiver] of best) receivers[index.find(p)] = receiver;
    round = [];
    for (const [p, receiver] of best)
      for (const q of neighbours(p)) {
        const at = index.find(q);
        if (at >= 0 && receivers[at] < 0) round.push([q, receiver]);
      }
  }
  const lists = new Map<number, RunList>();
  for (let i = 0; i < pixels.length; i++) {
    const receiver = Math.max(0, receivers[i]);
    const list = lists.get(receiver) ?? new RunList();
    lists.set(receiver, list);
    list.add(pixels[i], pixels[i] + 1);
  }
  return new Map([...lists].map(([receiver, list]) => [receiver, list.runs()]));
}

/** By number of a pixel: the connected piece that it is in. */
function piecesOf(pixels: Uint32Array, index: RunIndex, neighbours: (p: number) => number[]): Int32Array {
  const pieces = new Int32Array(pixels.length).fill(-1);
  for (let first = 0; first < pixels.length; first++) {
    if (pieces[first] >= 0) continue;
    pieces[first] = first;
    for (const open = [pixels[first]]; open.length > 0;) {
      for (const q of neighbours(open.pop()!)) {
        const at = index.find(q);
        if (at < 0 || pieces[at] >= 0) continue;
        pieces[at] = first;
        open.push(q);
      }
    }
  }
  return pieces;
}

function pixelsOf(runs: PixelRuns, count: number): Uint32Array {
  const pixels = new Uint32Array(count);
  let at = 0;
  for (let i = 0; i < runs.length; i += 2) for (let p = runs[i]; p < runs[i] + runs[i + 1]; p++) pixels[at++] = p;
  return pixels;
}
