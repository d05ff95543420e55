import assert from 'node:assert/strict';
import { denormalisedValue } from './imageNormalisation';
import { axisPositions, largestPart, samplePicture } from './partSampling';

suite('Parts of a picture', () => {
  const [width, height] = [12, 6];
  const grey = Array.from({ length: width * height }, (_, p) => {
    const [x, y] = [p % width, Math.floor(p / width)];
    return (37 * x * x + 91 * y + 13 * x * y) % 256;
  });
  const picture = { width, height, rgb: Uint8Array.from(grey.flatMap(value => [value, 255 - value, 7])) };
  const sampled = (scale: number) => {
    const to = new Float32Array(3 * 5 * 2);
    samplePicture(to, picture, axisPositions(5, width, scale, 0.5), axisPositions(2, height, scale, 0.5));
    return [0, 1, 2].map(channel =>
      [...to.subarray(10 * channel, 10 * channel + 10)].map(v => denormalisedValue(v, channel)),
    );
  };
  const near = (found: number[], expected: number[]) => {
    expected.forEach((value, at) => assert.ok(Math.abs(found[at] - value) < 0.01, `${at}: ${found[at]}, not ${value}`));
  };

  // Pillow 12: Image.fromarray(a, mode='F').resize((5, 2), Image.BILINEAR[, box=(2, 1, 10, 5)])
  const whole = [109.86, 137.559, 134.839, 105.081, 91.79, 138.78, 145.864, 130.232, 130.97, 112.49];
  const middle = [122.9, 154.833, 141.083, 127.444, 100.48, 160.9, 147.352, 116.75, 133.074, 126.24];

  test('made smaller, are averaged as Pillow does', () => {
    const [red, green, blue] = sampled(1);
    near(red, whole);
    near(
      green,
      whole.map(value => 255 - value),
    );
    near(
      blue,
      whole.map(() => 7),
    );
    near(sampled(2 / 3)[0], middle);
  });

  test('have the proportions of the batch, and are as large as can be', () => {
    assert.deepEqual(largestPart({ width: 256, height: 144 }, 4 / 3), [0.75, 1]);
    assert.deepEqual(largestPart({ width: 300, height: 600 }, 2), [1, 0.25]);
    assert.deepEqual(largestPart({ width: 480, height: 360 }, 4 / 3), [1, 1]);
  });
});
