import assert from 'node:assert/strict';
import { toLab } from './lab';

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
