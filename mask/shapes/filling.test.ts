import assert from 'node:assert/strict';
import { fillPolygon, type Paint } from './polygon';
import { fillRuns } from './runLengths';
import { seeded } from '../testing';
import cases from './runLengths.reference.json';

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
  test('a polygon has the pixels whose centres it encloses, also where it crosses itself and leaves the picture', () => {
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
