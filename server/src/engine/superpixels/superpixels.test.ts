import assert from 'node:assert/strict';
import type { RegionMap } from '../../../../mask/regions/regionMap';
import { connectedRegions } from '../pixels/connectedRegions';
import { toLab } from '../pixels/lab';
import { slic } from './slic';
import { paint, scene } from '../pixels/testing/pictures';
import { seededRandom } from '../common/random';
import { enlargePlane, reducePicture } from '../pixels/resize';
import { distanceOfHistograms, distanceOfMeans, joinSums, RegionPooling } from './regionSums';
import { toFullSize } from './fullSize';

function assertConnected(regions: RegionMap): void {
  assert.equal(new Set(regions.ids).size, regions.count, 'every id is used');
  assert.equal(Math.max(...regions.ids), regions.count - 1, 'ids count up from 0');
  assert.equal(
    connectedRegions(regions.ids, regions.width, regions.height, 0).count,
    regions.count,
    'each region is one piece',
  );
}

suite('slic', () => {
  const options = { compactness: 10, iterations: 5 };

  test('covers the picture with connected superpixels, near the number wanted', () => {
    const regions = slic(toLab(scene(120, 80)), { ...options, count: 100 });
    assertConnected(regions);
    assert.ok(regions.count > 70 && regions.count < 130, `${regions.count} superpixels`);
  });

  test('follows the edges of the picture', () => {
    const regions = slic(toLab(paint(60, 60, x => (x < 23 ? [250, 250, 250] : [0, 0, 0]))), { ...options, count: 36 });
    for (let p = 0; p < regions.ids.length; p++) {
      if (p % 60 === 23)
        assert.notEqual(regions.ids[p], regions.ids[p - 1], `row ${Math.floor(p / 60)} crosses the edge`);
    }
  });

  test('makes near squares of a plain picture', () => {
    const regions = slic(toLab(paint(60, 40, () => [90, 90, 90])), { ...options, count: 24 });
    assert.equal(regions.count, 24);
  });

  for (const [width, height] of [
    [1, 1],
    [1, 500],
    [500, 1],
    [2, 2],
    [5, 3],
  ]) {
    test(`splits a picture of ${width} × ${height}`, () => {
      const regions = slic(toLab(scene(width, height)), { ...options, count: 100 });
      assertConnected(regions);
      assert.equal(regions.count, Math.min(width * height, 100));
    });
  }
});

suite('regionSums', () => {
  test('stand side by side with their weights', () => {
    const areas = Float64Array.of(3, 5);
    const joined = joinSums([
      { sums: { areas, dimensions: 2, sums: Float64Array.of(1, 2, 3, 4) }, weight: 2 },
      { sums: { areas, dimensions: 1, sums: Float64Array.of(5, 6) }, weight: 0.5 },
    ]);
    assert.deepEqual([joined.dimensions, ...joined.sums], [3, 2, 4, 2.5, 6, 8, 3]);
  });

  test('distances of means and of histograms', () => {
    const sums = { areas: Float64Array.of(4, 2), dimensions: 3, sums: Float64Array.of(4, 0, 0, 1, 1, 0) };
    assert.ok(Math.abs(distanceOfMeans(sums, 0, 1) - Math.sqrt(0.5 / 3)) < 1e-12);
    assert.ok(Math.abs(distanceOfHistograms(sums, 0, 1) - (0.25 / 1.5 + 0.25 / 0.5) / 2) < 1e-12);
    assert.equal(
      distanceOfHistograms({ areas: Float64Array.of(1, 1), dimensions: 2, sums: Float64Array.of(1, 0, 0, 1) }, 0, 1),
      1,
    );
  });
});

suite('Pooling', () => {
  for (const [source, target] of [
    [
      [5, 4],
      [17, 11],
    ],
    [
      [1, 3],
      [4, 9],
    ],
    [
      [7, 1],
      [7, 5],
    ],
    [
      [6, 6],
      [6, 6],
    ],
  ]) {
    test(`sums what enlarging gives, ${source.join('×')} to ${target.join('×')}`, () => {
      const next = seededRandom(3);
      const [width, height] = target;
      const count = 4;
      const ids = Uint16Array.from({ length: width * height }, (_, p) => (p < count ? p : Math.floor(next() * count)));
      const values = Float32Array.from({ length: source[0] * source[1] }, () => next() - 0.5);
      const from = { width: source[0], height: source[1] };
      const expected = new Float64Array(count);
      enlargePlane(values, from, { width, height }).forEach((value, p) => {
        expected[ids[p]] += value;
      });
      const sums: number[] = [];
      new RegionPooling({ width, height, count, ids }, from).sums(values, (region, sum) => {
        sums[region] = sum;
      });
      sums.forEach((sum, region) =>
        assert.ok(Math.abs(sum - expected[region]) < 1e-5, `region ${region}: ${sum}, not ${expected[region]}`),
      );
      assert.equal(sums.length, count);
    });
  }
});

const never = new AbortController().signal;

suite('toFullSize', () => {
  test('borders follow the edges of the full picture', async () => {
    const inside = (x: number, y: number) => x + 0.37 * y < 47.3;
    const picture = paint(120, 90, (x, y) => (inside(x, y) ? [220, 200, 60] : [30, 60, 120]));
    const work = reducePicture(picture, 24, 18);
    const labels = Int32Array.from({ length: 24 * 18 }, (_, p) => Number(work.rgb[p * 3] > 125));
    const full = await toFullSize(connectedRegions(labels, 24, 18, 0), work, picture, never);
    let wrong = 0;
    for (let p = 0; p < full.ids.length; p++) if ((full.ids[p] === 0) !== inside(p % 120, Math.floor(p / 120))) wrong++;
    assert.ok(wrong <= 5, `${wrong} pixels on the wrong side`);
  });

  test('no region vanishes, and all are connected', async () => {
    const picture = paint(70, 50, () => [100, 100, 100]);
    const work = reducePicture(picture, 14, 10);
    const regions = connectedRegions(
      Int32Array.from({ length: 140 }, (_, p) => p),
      14,
      10,
      0,
    );
    const full = await toFullSize(regions, work, picture, never);
    assert.equal(new Set(full.ids).size, 140);
    assert.equal(connectedRegions(full.ids, 70, 50, 0).count, 140);
  });

  test('can be cancelled', async () => {
    const picture = paint(300, 300, () => [0, 0, 0]);
    const regions = { width: 10, height: 10, count: 1, ids: new Uint16Array(100) };
    await assert.rejects(toFullSize(regions, reducePicture(picture, 10, 10), picture, AbortSignal.abort()), {
      name: 'AbortError',
    });
  });
});
