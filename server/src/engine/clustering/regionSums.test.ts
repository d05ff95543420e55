import assert from 'node:assert/strict';
import { distanceOfHistograms, distanceOfMeans, joinSums, wordCounts } from './regionSums';

const regions = { width: 4, height: 2, count: 2, ids: Uint16Array.of(0, 0, 1, 1, 0, 1, 1, 1) };

suite('regionSums', () => {
  test('count the words of each region, also from a smaller map', () => {
    assert.deepEqual(
      [...wordCounts(regions, { width: 4, height: 2, count: 3, ids: Uint8Array.of(0, 1, 2, 2, 0, 1, 2, 0) }).sums],
      [2, 1, 0, 1, 1, 3],
    );
    assert.deepEqual(
      [...wordCounts(regions, { width: 2, height: 1, count: 2, ids: Uint8Array.of(1, 0) }).sums],
      [0, 3, 4, 1],
    );
  });

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
