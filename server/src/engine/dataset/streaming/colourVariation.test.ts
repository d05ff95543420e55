import assert from 'node:assert/strict';
import { seededRandom } from '../../common/random';
import { experimentSchema } from '../../experiment/experimentSchema';
import type { TensorValue } from '../../graph/core/operation';
import { drawColours, varyColours, type ColourVariation } from './colourVariation';
import { denormalisedByte, normalisedByte } from './imageNormalisation';

const { augmentation } = experimentSchema.parse({ source: {}, classes: 'camvid11' }).training;

suite('Variation of colours', () => {
  const picture = (bytes: number[][]): TensorValue => ({
    shape: [1, 3, 1, bytes.length],
    data: Float32Array.from([0, 1, 2].flatMap(channel => bytes.map(pixel => normalisedByte(pixel[channel], channel)))),
  });
  const vary = (bytes: number[][], variation: Partial<ColourVariation>) => {
    const all = { brightness: 1, contrast: 1, gains: [1, 1, 1], saturation: 1, ...variation };
    const { data } = varyColours(picture(bytes), [all]);
    return bytes.map((_, p) => [0, 1, 2].map(channel => denormalisedByte(data[channel * bytes.length + p], channel)));
  };
  // Both pictures have the mean 90.
  const two = [
    [30, 60, 90],
    [60, 120, 180],
  ];

  test('saturation moves colours towards grey and away from it', () => {
    assert.deepEqual(vary(two, { saturation: 0 }), [
      [60, 60, 60],
      [120, 120, 120],
    ]);
    assert.deepEqual(vary(two, { saturation: 1.5 }), [
      [15, 60, 105],
      [30, 120, 210],
    ]);
  });

  test('brightness moves the picture’s mean, and with it every pixel alike', () => {
    assert.deepEqual(vary(two, { brightness: 1.5 }), [
      [75, 105, 135],
      [105, 165, 225],
    ]);
  });

  test('contrast is about the picture’s own mean, and values stay bytes', () => {
    assert.deepEqual(vary(two, { contrast: 0.5 }), [
      [60, 75, 90],
      [75, 105, 135],
    ]);
    assert.deepEqual(vary(two, { gains: [2, 0.5, 1.5] }), [
      [60, 30, 135],
      [120, 60, 255],
    ]);
  });

  test('are drawn within their ranges, and around what they are', () => {
    const next = seededRandom(1);
    const drawn = Array.from({ length: 2000 }, () => drawColours({ ...augmentation, colour: 0.4 }, next));
    const [least, most] = [Math.min, Math.max].map(of => of(...drawn.map(({ saturation }) => saturation)));
    assert.ok(least >= 0 && least < 0.02 && most <= 1.5 && most > 1.48, `${least} to ${most}`);
    assert.ok(drawn.every(({ contrast }) => contrast >= 0.6 && contrast <= 1.4));
    const light = drawn.reduce((sum, { brightness }) => sum + brightness / drawn.length, 0);
    assert.ok(Math.abs(light - 1) < 0.03, `${light}`);
  });
});
