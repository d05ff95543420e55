import assert from 'node:assert/strict';
import { emptyPlanes } from '../pixels/planes';
import { seededRandom } from '../common/random';
import { codewordCounts, quantise } from './codewords';

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
