import assert from 'node:assert/strict';
import { areasOf } from './regions';
import { randomRegions, seeded } from './testing';
import { upscale } from './upscale';

suite('Scaling a region map up', () => {
  test('takes the nearest pixel', () => {
    const small = { width: 2, height: 2, count: 4, ids: Uint16Array.of(0, 1, 2, 3) };
    assert.deepEqual([...upscale(small, 4, 2).ids], [0, 0, 1, 1, 2, 2, 3, 3]);
    assert.deepEqual([...upscale(small, 3, 3).ids], [0, 1, 1, 2, 3, 3, 2, 3, 3]);
    assert.equal(upscale(small, 2, 2), small);
  });

  test('by whole numbers repeats pixels, and keeps every region at odd sizes', () => {
    const small = randomRegions(seeded(1), 37, 23, 200);
    const triple = upscale(small, 111, 69);
    for (let y = 0; y < 69; y++) {
      for (let x = 0; x < 111; x++)
        assert.equal(triple.ids[y * 111 + x], small.ids[Math.floor(y / 3) * 37 + Math.floor(x / 3)]);
    }
    assert.ok(areasOf(upscale(small, 38, 41)).every(area => area > 0));
    assert.equal(upscale({ width: 1, height: 1, count: 1, ids: Uint16Array.of(0) }, 1, 5000).ids.length, 5000);
  });

  test('never scales down', () => {
    assert.throws(() => upscale({ width: 2, height: 2, count: 1, ids: new Uint16Array(4) }, 1, 2), RangeError);
  });
});
