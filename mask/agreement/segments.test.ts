import assert from 'node:assert/strict';
import { below, flood, seeded } from '../testing';
import { connectedSegments } from './segments';

suite('Connected segments', () => {
  test('are those that a flood from each pixel finds, in the order of their first pixels', () => {
    const random = seeded(3);
    for (const [width, height, labels] of [
      [1, 1, 1],
      [9, 1, 2],
      [1, 9, 2],
      [17, 13, 2],
      [16, 16, 3],
      [40, 25, 2],
      [31, 30, 5],
    ]) {
      const map = Uint16Array.from({ length: width * height }, () => below(random, labels));
      const expected = new Int32Array(map.length);
      const parts = [...new Set(map)].flatMap(label =>
        flood(
          [...map].map(one => one === label),
          width,
        ),
      );
      parts
        .sort((a, b) => Math.min(...a) - Math.min(...b))
        .forEach((part, number) => {
          for (const pixel of part) expected[pixel] = number;
        });
      assert.deepEqual(
        connectedSegments(map, width, height),
        { count: parts.length, of: expected },
        `${width}×${height}`,
      );
    }
  });

  test('join arms that meet only further down', () => {
    const rows = ['1010101', '1010111', '1110001', '0000000'];
    const map = Uint16Array.from(rows.join(''), Number);
    const { count, of } = connectedSegments(map, 7, 4);
    // The left two arms and the right two; zeros between the arms, within the right ones, and all around.
    assert.equal(count, 5);
    assert.equal(of[0], of[2]);
    assert.equal(of[4], of[6]);
    assert.notEqual(of[0], of[4]);
  });
});
