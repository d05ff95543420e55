import assert from 'node:assert/strict';
import { levelOf, toHierarchy } from './levels';

const scale = { middle: 4, slope: 1.5 };

suite('levels', () => {
  test('fall from 1 over a half at the middle towards 0', () => {
    assert.equal(levelOf(0, scale), 1);
    assert.equal(levelOf(4, scale), 0.5);
    assert.ok(levelOf(1e9, scale) < 1e-9);
    assert.equal(levelOf(4, { ...scale, most: 0.5 }), 0.25);
  });

  test('follow the running maximum of the weights, never 0', () => {
    const { count, levels } = toHierarchy(
      { left: Uint32Array.of(0, 2, 3), right: Uint32Array.of(1, 4, 5), weights: Float64Array.of(4, 1, 1e30) },
      scale,
    );
    assert.equal(count, 4);
    assert.deepEqual([levels[0], levels[1]], [0.5, 0.5]);
    assert.ok(levels[2] > 0 && levels[2] < 1e-5);
  });
});
