import assert from 'node:assert/strict';
import { below, flood, randomRegions, seeded } from '../testing/randomMasks';
import { contoursOf } from './contours';
import { fillRuns } from './runLengths';
import cases from './runLengths.reference.json';
import { DrawingBudget } from './drawingBudget';
import { fillCircle } from './fillCircle';
import { fillPolygon } from './fillPolygon';
import { areaOf, type Paint } from './shapes';

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

/** The pixels that a shape paints. */
function painted(fill: (paint: Paint) => void): number[] {
  const pixels = new Set<number>();
  fill((from, to) => {
    for (let p = from; p < to; p++) pixels.add(p);
  });
  return [...pixels].sort((a, b) => a - b);
}

/** Whether a point is in a polygon: rays to the right cross its edges an odd number of times. */
function inside(points: readonly number[], x: number, y: number): boolean {
  let odd = false;
  for (let i = 0; i < points.length; i += 2) {
    const [x0, y0, x1, y1] = [
      points[i],
      points[i + 1],
      points[(i + 2) % points.length],
      points[(i + 3) % points.length],
    ];
    if (y0 <= y !== y1 <= y && x < x0 + ((y - y0) * (x1 - x0)) / (y1 - y0)) odd = !odd;
  }
  return odd;
}

suite('filling shapes', () => {
  test('a polygon has the pixels whose centres it encloses, also where it crosses itself or leaves the map', () => {
    const next = seeded(3);
    const [width, height] = [23, 17];
    for (let round = 0; round < 200; round++) {
      const points = Array.from({ length: 2 * (3 + Math.floor(next() * 8)) }, () => next() * 40 - 10);
      const expected = Array.from({ length: width * height }, (_, p) => p).filter(p =>
        inside(points, (p % width) + 0.5, Math.floor(p / width) + 0.5),
      );
      assert.deepEqual(
        painted(paint => {
          fillPolygon(points, width, height, paint);
        }),
        expected,
      );
    }
  });

  test('neighbours that share an edge share no pixel, and leave none out', () => {
    const [left, right] = [
      [0, 0, 2.5, 0, 1.5, 4, 0, 4],
      [2.5, 0, 6, 0, 6, 4, 1.5, 4],
    ].map(points =>
      painted(paint => {
        fillPolygon(points, 6, 4, paint);
      }),
    );
    assert.deepEqual(
      [...left, ...right].sort((a, b) => a - b),
      Array.from({ length: 24 }, (_, p) => p),
    );
  });

  test('no polygon is too odd: no corner, one line, far away; what is no number is refused', () => {
    for (const points of [[], [1, 1], [1, 1, 5, 5], [1e9, 1e9, 2e9, 1e9, 2e9, 2e9]])
      assert.deepEqual(
        painted(paint => {
          fillPolygon(points, 6, 4, paint);
        }),
        [],
      );
    assert.throws(() => {
      fillPolygon([0, 0, NaN, 1, 1, 1], 6, 4, () => undefined);
    }, /pairs of numbers/);
    assert.throws(() => {
      fillPolygon([0, 0, 1], 6, 4, () => undefined);
    }, /pairs of numbers/);
  });

  test("run lengths, packed or not, give the shape that COCO's own code encoded", () => {
    for (const { width, height, packed, counts, pixels } of cases) {
      for (const form of [packed, counts]) {
        const found = painted(paint => {
          fillRuns(form, width, height, paint);
        });
        if (typeof pixels === 'number')
          assert.equal(
            found.reduce((sum, p) => sum + p, 0),
            pixels,
          );
        else assert.deepEqual(found, pixels);
      }
    }
  });

  test('run lengths that do not fit, or are damaged, are refused', () => {
    const refused = (counts: string | number[], reason: RegExp) => {
      assert.throws(() => {
        fillRuns(counts, 4, 3, () => undefined);
      }, reason);
    };
    refused([5, 8], /do not fit 4×3/);
    refused([5, 6], /do not fill 4×3/);
    refused([-1, 13], /do not fit/);
    refused('P', /damaged/);
    refused('ooooooooo', /damaged/);
    refused('\u0001', /damaged/);
  });
});

suite('The work of drawing shapes', () => {
  const [width, height] = [4000, 3000];
  const nothing = () => undefined;

  test('is bounded over all shapes of a file, and the message says what is too much', () => {
    const zigzag = Array.from({ length: 200_000 }, (_, i) => (i % 2 === 0 ? i / 50 : i % 4 === 1 ? 0 : height));
    assert.throws(() => {
      fillPolygon(zigzag, width, height, nothing);
    }, /a shape takes too much work to draw: edges cross rows of pixels 301 million times or more/);
    const budget = new DrawingBudget(2000);
    assert.throws(() => {
      for (let i = 0; i < 2000; i++) fillRuns([0, width * height], width, height, nothing, budget);
    }, /its 2,000 shapes take too much work to draw: [\d,]+ million pixels or more are covered/);
    assert.throws(() => {
      for (let i = 0; i < 60_000; i++) fillCircle([0, 0, 1e9], width, height, nothing, budget);
    }, /too much work/);
  });

  test('grows with rows and corners, so that an outline of very many corners is drawn', () => {
    const corners = 400_000;
    const outline = Array.from({ length: corners }, (_, i) => (2 * Math.PI * i) / corners).flatMap(turn => [
      2000 + 1400 * Math.cos(turn),
      1500 + 1400 * Math.sin(turn),
    ]);
    const area = (fill: (paint: Paint) => void) => areaOf({ name: '', fill });
    assert.equal(
      area(paint => {
        fillPolygon(outline, width, height, paint);
      }),
      area(paint => {
        fillCircle([2000, 1500, 1400], width, height, paint);
      }),
    );
  });

  test('rows with more crossings than columns are filled by the same rule', () => {
    const next = seeded(5);
    const points = Array.from({ length: 2 * 400 }, () => next() * 30 - 5);
    const expected = Array.from({ length: 20 * 12 }, (_, p) => p).filter(p =>
      inside(points, (p % 20) + 0.5, Math.floor(p / 20) + 0.5),
    );
    assert.deepEqual(
      painted(paint => {
        fillPolygon(points, 20, 12, paint);
      }),
      expected,
    );
  });
});
