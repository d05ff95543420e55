import assert from 'node:assert/strict';
import type { RegionMap } from '../../../../mask/regions/regionMap';
import { connectedRegions } from '../pixels/connectedRegions';
import { toLab } from '../pixels/lab';
import { slic } from './slic';
import { paint, scene } from '../pixels/testing/pictures';

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
