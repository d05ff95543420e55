import assert from 'node:assert/strict';
import { contoursOf } from './contours';
import { fillPolygon } from './polygon';
import { below, flood, randomRegions, seeded } from '../testing';

/** A map drawn with characters; `.` is 0. */
function drawn(...rows: string[]): { labels: Uint16Array; width: number; height: number } {
  return {
    labels: Uint16Array.from([...rows.join('')].map(one => (one === '.' ? 0 : Number(one)))),
    width: rows[0].length,
    height: rows.length,
  };
}

suite('Contours', () => {
  test('run on the corners of pixels, clockwise, around holes the other way', () => {
    const { labels, width, height } = drawn('.....', '.111.', '.1.1.', '.111.', '.....');
    const contours = contoursOf(labels, width, height).filter(({ label }) => label === 1);
    assert.deepEqual(contours, [
      { label: 1, points: [1, 1, 4, 1, 4, 4, 1, 4], area: 9 },
      { label: 1, points: [2, 3, 3, 3, 3, 2, 2, 2], area: -1 },
    ]);
  });

  test('pixels that meet at a corner are two parts, and a gap at a corner is no hole', () => {
    const { labels, width, height } = drawn('12', '21');
    assert.deepEqual(
      contoursOf(labels, width, height).map(({ label, area }) => [label, area]),
      [
        [1, 1],
        [2, 1],
        [2, 1],
        [1, 1],
      ],
    );
    const ring = drawn('.11', '1.1', '111');
    assert.deepEqual(
      contoursOf(ring.labels, 3, 3).map(({ label, area }) => [label, area]),
      [
        [0, 1],
        [1, 7],
        [0, 1],
      ],
    );
  });

  test('filled, outer ones less holes give the pixels of each label back, on random maps', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const random = seeded(seed);
      const [width, height] = [1 + below(random, 30), 1 + below(random, 25)];
      const { ids } = randomRegions(random, width, height, Math.min(width * height, 1 + below(random, 12)));
      // Few labels on many regions: parts that meet at corners, holes, labels of several parts.
      const labels = ids.map(id => id % 3);
      const covered = new Int32Array(width * height * 3);
      const contours = contoursOf(labels, width, height);
      for (const { label, points, area } of contours) {
        let pixels = 0;
        fillPolygon(points, width, height, (from, to) => {
          pixels += to - from;
          for (let p = from; p < to; p++) covered[3 * p + label] += Math.sign(area);
        });
        assert.equal(pixels, Math.abs(area));
      }
      labels.forEach((label, p) => {
        for (let one = 0; one < 3; one++)
          assert.equal(covered[3 * p + one], one === label ? 1 : 0, `seed ${seed}, pixel ${p}`);
      });
      const parts = [0, 1, 2].reduce(
        (sum, label) =>
          sum +
          flood(
            [...labels].map(one => one === label),
            width,
          ).length,
        0,
      );
      assert.equal(contours.filter(({ area }) => area > 0).length, parts);
    }
  });
});
