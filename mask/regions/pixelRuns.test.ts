import assert from 'node:assert/strict';
import { polygonRuns, snapToBrush, strokeRuns, type PixelRuns } from './pixelRuns';
import { below, seeded } from '../testing/randomMasks';

const map = { width: 37, height: 29 };

function pixelsOf(runs: PixelRuns): Set<number> {
  const pixels = new Set<number>();
  for (let i = 0; i < runs.length; i += 2) {
    assert.ok(
      runs[i + 1] > 0 && Math.floor(runs[i] / map.width) === Math.floor((runs[i] + runs[i + 1] - 1) / map.width),
      'runs stay in their row',
    );
    assert.ok(i === 0 || runs[i] > runs[i - 2] + runs[i - 1] - 1, 'runs ascend');
    for (let p = runs[i]; p < runs[i] + runs[i + 1]; p++) pixels.add(p);
  }
  return pixels;
}

/** The pixels whose middle a predicate holds for. */
function where(holds: (x: number, y: number) => boolean): Set<number> {
  return new Set(
    [...Array(map.width * map.height).keys()].filter(p =>
      holds((p % map.width) + 0.5, Math.floor(p / map.width) + 0.5),
    ),
  );
}

function distanceToLine(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  const squared = (bx - ax) ** 2 + (by - ay) ** 2;
  const t = squared === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / squared));
  return Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay));
}

/** Turns of a polygon around a point, by angles. */
function winding(points: number[], x: number, y: number): number {
  let angle = 0;
  for (let i = 0; i < points.length; i += 2) {
    const [ax, ay] = [points[i] - x, points[i + 1] - y];
    const [bx, by] = [points[(i + 2) % points.length] - x, points[(i + 3) % points.length] - y];
    angle += Math.atan2(ax * by - ay * bx, ax * bx + ay * by);
  }
  return Math.round(angle / (2 * Math.PI));
}

suite('Painting pixels', () => {
  test('a stroke covers what is within half its size of its line, also beside the map', () => {
    const random = seeded(1);
    for (let round = 0; round < 60; round++) {
      const size = 1 + below(random, 17);
      // Irrational offsets, so that no pixel's middle lies on the border itself, where rounding decides.
      const points = Array.from({ length: 2 * (1 + below(random, 5)) }, () => random() * 60 - 10);
      const expected = where((x, y) => {
        for (let i = 0; i === 0 || i + 3 < points.length; i += 2) {
          const j = Math.min(i + 2, points.length - 2);
          if (distanceToLine(x, y, points[i], points[i + 1], points[j], points[j + 1]) <= size / 2) return true;
        }
        return false;
      });
      assert.deepEqual(pixelsOf(strokeRuns(points, size, map)), expected);
    }
  });

  test('a stroke is the union of its pieces, to the pixel', () => {
    const random = seeded(2);
    for (let round = 0; round < 40; round++) {
      const size = 1 + below(random, 12);
      const points = Array.from({ length: 6 }, () => snapToBrush(random() * 40, random() * 30, size)).flat();
      const pieces = new Set<number>();
      for (let i = 0; i + 3 < points.length; i += 2)
        for (const p of pixelsOf(strokeRuns(points.slice(i, i + 4), size, map))) pieces.add(p);
      assert.deepEqual(pixelsOf(strokeRuns(points, size, map)), new Set([...pieces].sort((a, b) => a - b)));
    }
  });

  test('a dot has the same shape wherever the pointer is, and size 1 is one pixel', () => {
    for (const size of [1, 2, 3, 4, 7]) {
      const counts = [10.01, 10.3, 10.5, 10.77, 10.99].map(
        at => pixelsOf(strokeRuns(snapToBrush(at, at, size), size, map)).size,
      );
      assert.equal(new Set(counts).size, 1, `${size}: ${counts.join()}`);
    }
    assert.deepEqual([...strokeRuns(snapToBrush(3.9, 2.1, 1), 1, map)], [2 * 37 + 3, 1]);
    assert.deepEqual([...strokeRuns(snapToBrush(3.9, 2.1, 2), 2, map)], [37 + 3, 2, 2 * 37 + 3, 2]);
  });

  test('a polygon covers what it winds around', () => {
    const random = seeded(3);
    for (let round = 0; round < 60; round++) {
      const points = Array.from({ length: 2 * (3 + below(random, 7)) }, () => random() * 50 - 7);
      assert.deepEqual(
        pixelsOf(polygonRuns(points, map)),
        where((x, y) => winding(points, x, y) !== 0),
      );
    }
  });

  test('polygons that share a side share no pixel and leave none out', () => {
    const left = pixelsOf(polygonRuns([2, 2, 20, 2, 11, 25, 2, 25], map));
    const right = pixelsOf(polygonRuns([20, 2, 30, 2, 30, 25, 11, 25], map));
    assert.equal([...left].filter(p => right.has(p)).length, 0);
    assert.deepEqual(
      new Set([...left, ...right].sort((a, b) => a - b)),
      pixelsOf(polygonRuns([2, 2, 30, 2, 30, 25, 2, 25], map)),
    );
  });

  test('what lies beside the map, or has no area, is nothing', () => {
    assert.equal(strokeRuns([-50, -50, -40, -50], 9, map).length, 0);
    assert.equal(polygonRuns([1, 1, 9, 9], map).length, 0);
    assert.equal(polygonRuns([100, 100, 120, 100, 110, 130], map).length, 0);
  });
});
