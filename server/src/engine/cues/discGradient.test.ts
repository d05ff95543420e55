import assert from 'node:assert/strict';
import { discGradient } from './discGradient';
import { seededRandom } from '../common/random';
import type { CodewordMap } from './codewords';

function wordsOf(width: number, height: number, count: number, word: (x: number, y: number) => number): CodewordMap {
  return {
    width,
    height,
    count,
    ids: Uint8Array.from({ length: width * height }, (_, p) => word(p % width, Math.floor(p / width))),
  };
}

/**
 * Computes the disc gradient from its definition: a box mean twice, edges shrinking, then χ² at both ends of eight
 * directions, edges repeated.
 */
function naive({ width, height, count, ids }: CodewordMap, radius: number): number[] {
  const reach = Math.max(radius >> 1, 1);
  const near = (at: number, length: number) =>
    Array.from({ length: 2 * reach + 1 }, (_, i) => at - reach + i).filter(i => i >= 0 && i < length);
  const mean = (map: number[]) =>
    map.map((_, p) => {
      const cells = near(Math.floor(p / width), height).flatMap(y =>
        near(p % width, width).map(x => map[y * width + x]),
      );
      return cells.reduce((sum, value) => sum + value, 0) / cells.length;
    });
  const histograms = Array.from({ length: count }, (_, k) => mean(mean([...ids].map(id => Number(id === k)))));
  const clamped = (i: number, length: number) => Math.min(Math.max(i, 0), length - 1);
  return [...ids.keys()].map(p =>
    Math.max(
      ...Array.from({ length: 8 }, (_, k) => {
        const dx = Math.round(radius * Math.cos((Math.PI * k) / 8)),
          dy = Math.round(radius * Math.sin((Math.PI * k) / 8));
        const at = (sign: number) =>
          clamped(Math.floor(p / width) + sign * dy, height) * width + clamped((p % width) + sign * dx, width);
        return histograms.reduce((sum, map) => {
          const a = map[at(-1)],
            b = map[at(1)];
          return sum + (a + b > 1e-4 ? (a - b) ** 2 / (a + b) / 2 : 0);
        }, 0);
      }),
    ),
  );
}

suite('discGradient', () => {
  test('is what its definition says', () => {
    const next = seededRandom(2);
    const noise = wordsOf(17, 11, 4, x => Math.min(Math.floor((next() * 4 * (x + 3)) / 20), 3));
    const expected = naive(noise, 4);
    discGradient(noise, 4).forEach((value, p) =>
      assert.ok(Math.abs(value - expected[p]) < 1e-5, `pixel ${p}: ${value}, not ${expected[p]}`),
    );
  });

  test('is greatest along the border of two textures and nothing inside them', () => {
    const halves = wordsOf(40, 30, 4, (x, y) => (x < 20 ? (x + y) % 2 : 2 + ((x + y) % 2)));
    const gradient = discGradient(halves, 6);
    const row = [...gradient.subarray(15 * 40, 16 * 40)];
    assert.ok(row[19] > 0.9 && row[20] > 0.9);
    assert.ok(Math.max(...row.slice(0, 8), ...row.slice(32)) < 0.05);
  });

  test('stands pictures smaller than its discs', () => {
    assert.deepEqual(
      [
        ...discGradient(
          wordsOf(1, 1, 2, () => 1),
          6,
        ),
      ],
      [0],
    );
  });
});
