import assert from 'node:assert/strict';
import { toLab } from './lab';
import { connectedRegions, keepLargestPieces } from './connectedRegions';

/** R, G, B, then L*, a*, b* by scikit-image's `skimage.color.rgb2lab`. */
const known = [
  [0, 0, 0, 0, 0, 0],
  [255, 255, 255, 100, -0.002, 0.005],
  [255, 0, 0, 53.241, 80.092, 67.203],
  [0, 255, 0, 87.735, -86.183, 83.18],
  [0, 0, 255, 32.296, 79.186, -107.857],
  [128, 128, 128, 53.585, -0.001, 0.003],
  [10, 20, 5, 5.201, -5.922, 5.628],
  [200, 150, 30, 65.112, 8.633, 63.802],
  [3, 1, 2, 0.411, 0.662, -0.194],
];

suite('toLab', () => {
  test('agrees with scikit-image', () => {
    const rgb = Uint8Array.from(known.flatMap(row => row.slice(0, 3)));
    const { data, channels } = toLab({ width: known.length, height: 1, rgb });
    assert.equal(channels, 3);
    known.forEach((row, i) => {
      for (let c = 0; c < 3; c++)
        assert.ok(
          Math.abs(data[c * known.length + i] - row[3 + c]) < 0.03,
          `${row.join()}: channel ${c} is ${data[c * known.length + i]}`,
        );
    });
  });
});

const map = (rows: string) => Int32Array.from(rows.replaceAll(' ', ''), Number);

suite('connectedRegions', () => {
  test('numbers the pieces of equal labels apart', () => {
    const regions = connectedRegions(map('1122 1122 2211'), 4, 3, 0);
    assert.deepEqual([...regions.ids], [...map('0011 0011 2233')]);
    assert.equal(regions.count, 4);
  });

  test('does not join pixels over corners', () => assert.equal(connectedRegions(map('12 21'), 2, 2, 0).count, 4));

  test('gives small pieces to the neighbour with most shared sides', () => {
    const regions = connectedRegions(map('11122 13122 11122'), 5, 3, 2);
    assert.deepEqual([...regions.ids], [...map('00011 00011 00011')]);
  });

  test('keeps the largest pieces where all are below the minimum', () =>
    assert.equal(connectedRegions(map('12'), 2, 1, 9).count, 2));

  test('never makes more regions than ids can name', () => {
    const labels = Int32Array.from({ length: 300 * 300 }, (_, p) => p);
    const { count, ids } = connectedRegions(labels, 300, 300, 0);
    assert.ok(count <= 65535);
    assert.equal(new Set(ids).size, count);
  });
});

suite('keepLargestPieces', () => {
  test('gives away what is cut off and keeps ids', () => {
    const ids = Uint16Array.from(map('0011 0110 0011'));
    const regions = keepLargestPieces({ width: 4, height: 3, count: 2, ids });
    assert.deepEqual([...regions.ids], [...map('0011 0111 0011')]);
  });
});
