import assert from 'node:assert/strict';
import { seededRandom } from '../common/random';
import { enlargePlane } from '../pixels/resize';
import { distanceOfHistograms, distanceOfMeans, joinSums, RegionPooling } from './regionSums';

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
