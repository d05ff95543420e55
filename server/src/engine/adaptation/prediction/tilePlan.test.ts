import assert from 'node:assert/strict';
import { coarsestStride, smallestTile, tilePlan, type Tile } from './tilePlan';

const sizeOf = ({ across, down }: Tile) => [across.weights.length, down.weights.length];

suite('The plan of tiles', () => {
  test('is one tile of weight one where the picture is within the limit', () => {
    const [tile, ...others] = tilePlan({ width: 160, height: 120 }, 19_200);
    assert.equal(others.length, 0);
    assert.deepEqual(sizeOf(tile), [160, 120]);
    assert.ok([...tile.across.weights, ...tile.down.weights].every(weight => weight === 1));
  });

  // Counts and sizes computed by hand from the rule.
  for (const [width, height, most, count, tileWidth, tileHeight] of [
    [640, 480, 100_000, 6, 256, 384],
    [3200, 96, 50_000, 8, 512, 96],
    [64, 4096, smallestTile, 21, 64, 256],
    [2048, 2048, 700_000, 12, 640, 896],
    [1024, 1056, smallestTile, 121, 128, 128],
    [160, 128, smallestTile, 2, 128, 128],
    [18_592, 16, 1e6, 24, 1024, 16],
    [1280, 960, 5e6, 2, 768, 960],
  ]) {
    test(`of ${width} × ${height} with at most ${most} pixels covers it by weights that sum to one`, () => {
      const tiles = tilePlan({ width, height }, most);
      assert.equal(tiles.length, count);
      assert.ok(tileWidth * tileHeight <= most);
      const total = new Float64Array(width * height);
      for (const { across, down } of tiles) {
        assert.deepEqual(sizeOf({ across, down }), [tileWidth, tileHeight]);
        assert.ok(across.start % coarsestStride === 0 && across.start + tileWidth <= width);
        assert.ok(down.start % coarsestStride === 0 && down.start + tileHeight <= height);
        down.weights.forEach((weight, y) => {
          across.weights.forEach((other, x) => {
            total[(down.start + y) * width + across.start + x] += weight * other;
          });
        });
      }
      assert.ok(total.every(sum => Math.abs(sum - 1) < 1e-6));
    });

    test(`of ${width} × ${height} overlaps by a quarter of a tile or more`, () => {
      const tiles = tilePlan({ width, height }, most);
      for (const axis of ['across', 'down'] as const) {
        const starts = [...new Set(tiles.map(tile => tile[axis].start))];
        const { length } = tiles[0][axis].weights;
        starts.slice(1).forEach((start, index) => {
          assert.ok(starts[index] + length - start >= length / 4, `${starts.join()} of ${length}`);
        });
      }
    });
  }

  test('has the weights of a ramp: two tiles of 128 over 160 places share 96', () => {
    const [first, second] = tilePlan({ width: 160, height: 128 }, smallestTile);
    assert.deepEqual([first.across.start, second.across.start], [0, 32]);
    // Computed by hand: to both edges the ramp is (distance + 1/2) / 96, and both sum to one already.
    for (const [place, weight] of [
      [0, 1],
      [31, 1],
      [32, 95.5 / 96],
      [80, 47.5 / 96],
      [127, 0.5 / 96],
    ])
      assert.ok(Math.abs(first.across.weights[place] - weight) < 1e-6, `${place}`);
    assert.ok(Math.abs(second.across.weights[0] - 0.5 / 96) < 1e-6);
    assert.ok(first.down.weights.every(weight => weight === 1));
  });
});
