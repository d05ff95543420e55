import type { CornerPlace } from '../geometry/ringHits';

/** An outline after a key, with the corner in hand. The rings are the same ones where the key changed none. */
export interface CornerKeyResult {
  readonly rings: number[][];
  readonly chosen: CornerPlace | null;
}

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/**
 * What a key does to the corners of an outline: Tab chooses the next one, and leaves the outline after the last; Home
 * and End choose the first and the last. Arrows move the chosen one by a pixel, with Shift by ten; Insert, or Shift and
 * Enter, adds one in the middle of the edge after it; Delete removes it, with its ring where that has but three.
 * @returns null where the key does nothing
 */
export function cornerKey(
  rings: number[][],
  chosen: CornerPlace | null,
  key: string,
  shift: boolean,
): CornerKeyResult | null {
  if (key === 'Tab') return stepped(rings, chosen, shift ? -1 : 1);
  if (key === 'Home') return { rings, chosen: placeOf(rings, 0) };
  if (key === 'End') return { rings, chosen: placeOf(rings, countOf(rings) - 1) };
  const ring = chosen && rings[chosen.ring];
  if (!ring) return null;
  const at = 2 * chosen.corner;
  const [x = 0, y = 0] = ring.slice(at);
  const replaced = (next: number[]): number[][] => rings.with(chosen.ring, next);
  const arrow = arrows[key];
  if (arrow) {
    const step = shift ? 10 : 1;
    return { rings: replaced(ring.with(at, x + step * arrow[0]).with(at + 1, y + step * arrow[1])), chosen };
  }
  if (key === 'Insert' || (key === 'Enter' && shift)) {
    const [nextX = x, nextY = y] = ring.slice((at + 2) % ring.length);
    const added = ring.toSpliced(at + 2, 0, Math.round((x + nextX) / 2), Math.round((y + nextY) / 2));
    return { rings: replaced(added), chosen: { ...chosen, corner: chosen.corner + 1 } };
  }
  if (key !== 'Delete' && key !== 'Backspace') return null;
  if (ring.length > 6) {
    const corner = Math.min(chosen.corner, ring.length / 2 - 2);
    return { rings: replaced(ring.toSpliced(at, 2)), chosen: { ...chosen, corner } };
  }
  return rings.length > 1 ? { rings: rings.toSpliced(chosen.ring, 1), chosen: null } : null;
}

function stepped(rings: number[][], chosen: CornerPlace | null, step: 1 | -1): CornerKeyResult | null {
  const count = countOf(rings);
  const before = chosen && rings.slice(0, chosen.ring).reduce((sum, ring) => sum + ring.length / 2, chosen.corner);
  const next = before === null ? (step > 0 ? 0 : count - 1) : before + step;
  return next < 0 || next >= count ? null : { rings, chosen: placeOf(rings, next) };
}

function countOf(rings: readonly number[][]): number {
  return rings.reduce((sum, ring) => sum + ring.length / 2, 0);
}

function placeOf(rings: readonly number[][], number: number): CornerPlace | null {
  let corner = number;
  for (const [ring, { length }] of rings.entries()) {
    if (corner < length / 2) return { ring, corner };
    corner -= length / 2;
  }
  return null;
}
