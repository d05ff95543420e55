import assert from 'node:assert/strict';
import { below, seeded } from '../../mask/testing/randomMasks';
import { squaredDistances } from './distances';

suite('distances in a bitmap', () => {
  test('are those to the nearest of all other pixels, with and without what lies beyond', () => {
    const random = seeded(3);
    for (let trial = 0; trial < 60; trial++) {
      const [width, height] = [1 + below(random, 12), 1 + below(random, 9)];
      const bitmap = Uint8Array.from({ length: width * height }, () => (random() < 0.85 ? 1 : 0));
      const beyond = trial % 2 === 0;
      if (!beyond && !bitmap.includes(0)) continue;
      const expected = Array.from(bitmap, (one, p) => {
        if (one !== 1) return 0;
        let least = Infinity;
        for (let y = -1; y <= height; y++)
          for (let x = -1; x <= width; x++) {
            const outside = x < 0 || y < 0 || x >= width || y >= height;
            if (outside ? !beyond : bitmap[y * width + x] === 1) continue;
            least = Math.min(least, (x - (p % width)) ** 2 + (y - Math.floor(p / width)) ** 2);
          }
        return least;
      });
      assert.deepEqual([...squaredDistances(bitmap, width, height, 1, beyond)], expected);
    }
  });
});
