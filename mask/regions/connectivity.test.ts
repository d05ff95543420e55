import assert from 'node:assert/strict';
import { componentsOf, covers } from './connectivity';
import { below, flood, seeded } from '../testing/randomMasks';

const [width, height] = [24, 18];

suite('Connected components', () => {
  test('agree with flooding', () => {
    for (let seed = 1; seed <= 30; seed++) {
      const random = seeded(seed);
      const ids = Uint16Array.from({ length: width * height }, () => below(random, 2));
      const found = componentsOf({ width, height, count: 2, ids }, Uint8Array.of(0, 1));
      const expected = flood(
        [...ids].map(id => id === 1),
        width,
      );
      const sorted = (parts: number[][]) => parts.map(part => part.sort((a, b) => a - b).join()).sort();
      const pixels = found.map(({ runs }) => [...ids.keys()].filter(p => covers(runs, p)));
      assert.deepEqual(sorted(pixels), sorted(expected));
      assert.deepEqual(
        found.map(part => part.pixels),
        expected.map(part => part.length).sort((a, b) => b - a),
      );
    }
  });
});
