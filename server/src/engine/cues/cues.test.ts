import assert from 'node:assert/strict';
import { emptyPlanes, plane, type Planes } from '../pixels/planes';
import { seededRandom } from '../common/random';
import { codewordCounts, quantise, type CodewordMap } from './codewords';
import { textureResponses } from './texture';
import { discGradient } from './discGradient';

const fourByTwo = { width: 4, height: 2, count: 2, ids: Uint16Array.of(0, 0, 1, 1, 0, 1, 1, 1) };

/** Pixels around three far centres, in a pattern. */
function threeColours() {
  const next = seededRandom(5);
  const planes = emptyPlanes(30, 20, 2);
  const colours = Uint8Array.from({ length: 600 }, (_, p) => Math.floor(p / 7) % 3);
  colours.forEach((k, p) => {
    planes.data[p] = [0, 40, 0][k] + next();
    planes.data[600 + p] = [0, 0, 40][k] + next();
  });
  return { planes, colours };
}

suite('quantise', () => {
  test('find separate colours', () => {
    const { planes, colours } = threeColours();
    for (const seed of [1, 2, 3, 4]) {
      const { ids, count } = quantise(planes, 3, seededRandom(seed));
      assert.equal(count, 3);
      const named = new Map<number, Set<number>>();
      ids.forEach((id, p) => named.set(colours[p], (named.get(colours[p]) ?? new Set()).add(id)));
      assert.deepEqual(
        [...named.values()].map(set => set.size),
        [1, 1, 1],
        `seed ${seed}`,
      );
      assert.equal(new Set(ids).size, 3);
    }
  });

  test('give each pixel the nearest of the means, once these have settled', () => {
    const { planes } = threeColours();
    const { ids } = quantise(planes, 3, seededRandom(1));
    const means = [0, 1, 2].map(id =>
      [0, 600].map(offset => {
        const own = [...ids.keys()].filter(p => ids[p] === id);
        return own.reduce((sum, p) => sum + planes.data[offset + p], 0) / own.length;
      }),
    );
    ids.forEach((id, p) => {
      const distances = means.map(([x, y]) => Math.hypot(planes.data[p] - x, planes.data[600 + p] - y));
      assert.equal(distances.indexOf(Math.min(...distances)), id);
    });
  });

  test('are the same for the same seed', () => {
    const { planes } = threeColours();
    assert.deepEqual(quantise(planes, 5, seededRandom(9)), quantise(planes, 5, seededRandom(9)));
  });

  test('stand more words than there are colours, and one pixel', () => {
    assert.deepEqual([...new Set(quantise(emptyPlanes(4, 4, 3), 32, seededRandom(1)).ids)].length, 1);
    assert.deepEqual([...quantise(emptyPlanes(1, 1, 3), 32, seededRandom(1)).ids].length, 1);
  });

  test('count the codewords of each region, also from a smaller map', () => {
    assert.deepEqual(
      [
        ...codewordCounts(fourByTwo, { width: 4, height: 2, count: 3, ids: Uint8Array.of(0, 1, 2, 2, 0, 1, 2, 0) })
          .sums,
      ],
      [2, 1, 0, 1, 1, 3],
    );
    assert.deepEqual(
      [...codewordCounts(fourByTwo, { width: 2, height: 1, count: 2, ids: Uint8Array.of(1, 0) }).sums],
      [0, 3, 4, 1],
    );
  });
});

function painted(width: number, height: number, value: (x: number, y: number) => number): Planes {
  const planes = emptyPlanes(width, height, 1);
  for (let p = 0; p < planes.data.length; p++) planes.data[p] = value(p % width, Math.floor(p / width));
  return planes;
}

suite('textureResponses', () => {
  test('a slope answers by its direction, twice the reach times its steepness', () => {
    const { energies, contrast } = textureResponses(painted(40, 30, x => 3 * x));
    const middle = 15 * 40 + 20;
    // Reaches of 1 along axes and diagonals, then of 2 along the axes and 1 along the diagonals.
    const expected = [6, 0, 6, 6, 12, 0, 6, 6];
    expected.forEach((value, c) =>
      assert.ok(Math.abs(plane(energies, c)[middle] - value) < 1e-3, `channel ${c}: ${plane(energies, c)[middle]}`),
    );
    assert.ok(Math.abs(contrast.data[middle]) < 1e-3);
  });

  test('stripes answer across, not along them', () => {
    const { energies } = textureResponses(painted(40, 30, x => (x % 4 < 2 ? 0 : 50)));
    assert.equal(plane(energies, 0)[15 * 40 + 20], 50);
    assert.equal(plane(energies, 1)[15 * 40 + 20], 0);
  });

  test('a spot stands out from its surroundings; one pixel says nothing', () => {
    assert.ok(
      textureResponses(painted(40, 30, (x, y) => (x === 20 && y === 15 ? 80 : 0))).contrast.data[15 * 40 + 20] > 70,
    );
    const { energies, contrast } = textureResponses(painted(1, 1, () => 50));
    assert.deepEqual([...energies.data, ...contrast.data], [0, 0, 0, 0, 0, 0, 0, 0, 0]);
  });
});

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
