import assert from 'node:assert/strict';
import { randomRegions, seeded } from '../testing/randomMasks';
import { packMap, unpackMap } from './packedMap';

suite('packed region maps', () => {
  test('unpack to what was packed', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const random = seeded(seed);
      const [width, height] = [1 + (seed % 7) * 9, 1 + (seed % 5) * 11];
      const map = randomRegions(random, width, height, Math.max(1, Math.floor(random() * width * height)));
      assert.deepEqual(unpackMap(packMap(map)), map);
    }
    const stripes = Uint16Array.from({ length: 300 * 200 }, (_, p) => (p % 2) * 65534);
    const map = { width: 300, height: 200, count: 65535, ids: stripes };
    assert.deepEqual(unpackMap(packMap(map)), map);
  });

  test('are runs of an id, and of the row above', () => {
    const map = { width: 4, height: 3, count: 300, ids: Uint16Array.of(0, 0, 0, 299, 0, 0, 1, 299, 0, 0, 1, 299) };
    // 3 pixels of 0, 1 of 299 = 43 + 2 · 128; 2 as above; 1 of 1; 5 as above
    assert.deepEqual([...packMap(map).runs], [7, 0, 3, 171, 2, 4, 3, 1, 10]);
  });

  test('that are damaged are refused, and name the fault', () => {
    const bad: [runs: number[], fault: RegExp][] = [
      [[], /fewer pixels/],
      [[7, 0], /fewer pixels/],
      [[19, 0], /more pixels/],
      [[255, 255, 255, 255, 255, 255, 255, 255, 255, 127, 0], /more pixels/],
      [[9, 2], /names region 2/],
      [[4, 5, 0], /a row above/],
      [[9], /ends within/],
      [[9, 128], /ends within/],
    ];
    for (const [runs, fault] of bad)
      assert.throws(() => unpackMap({ width: 4, height: 2, count: 2, runs: Uint8Array.from(runs) }), fault);
    assert.throws(() => unpackMap({ width: 4, height: 2, count: 0, runs: Uint8Array.of(17, 0) }), /0 regions/);
  });
});
