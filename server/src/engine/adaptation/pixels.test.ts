import assert from 'node:assert/strict';
import { normalisedPicture, pictureOf } from './pixels';

suite('pictures as networks see them', () => {
  test('are normalised as torchvision does, and come back whole', () => {
    const picture = { width: 2, height: 1, rgb: Uint8Array.of(0, 128, 255, 124, 116, 104) };
    const { shape, data } = normalisedPicture(picture);
    assert.deepEqual(shape, [1, 3, 1, 2]);
    // (value / 255 - mean) / spread by hand, channel by channel
    [-2.117904, 0.005566, 0.205182, -0.004902, 2.64, 0.008192].forEach((expected, index) => {
      assert.ok(Math.abs(data[index] - expected) < 1e-5, `${index}: ${data[index]}`);
    });
    assert.deepEqual(pictureOf({ shape, data }), picture);
  });
});
