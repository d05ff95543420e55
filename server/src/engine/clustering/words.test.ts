import assert from 'node:assert/strict';
import { emptyPlanes } from './planes';
import { random } from './random';
import { words } from './words';

/** Pixels around three far centres, in a pattern. */
function threeColours() {
  const next = random(5);
  const planes = emptyPlanes(30, 20, 2);
  const of = Uint8Array.from({ length: 600 }, (_, p) => Math.floor(p / 7) % 3);
  of.forEach((k, p) => {
    planes.data[p] = [0, 40, 0][k] + next();
    planes.data[600 + p] = [0, 0, 40][k] + next();
  });
  return { planes, of };
}

suite('words', () => {
  test('find separate colours', () => {
    const { planes, of } = threeColours();
    for (const seed of [1, 2, 3, 4]) {
      const { ids, count } = words(planes, 3, random(seed));
      assert.equal(count, 3);
      const named = new Map<number, Set<number>>();
      ids.forEach((id, p) => named.set(of[p], (named.get(of[p]) ?? new Set()).add(id)));
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
    const { ids } = words(planes, 3, random(1));
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
    assert.deepEqual(words(planes, 5, random(9)), words(planes, 5, random(9)));
  });

  test('stand more words than there are colours, and one pixel', () => {
    assert.deepEqual([...new Set(words(emptyPlanes(4, 4, 3), 32, random(1)).ids)].length, 1);
    assert.deepEqual([...words(emptyPlanes(1, 1, 3), 32, random(1)).ids].length, 1);
  });
});
