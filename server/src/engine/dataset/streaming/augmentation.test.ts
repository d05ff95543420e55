import assert from 'node:assert/strict';
import { experimentSchema } from '../../experiment/experimentSchema';
import { drawSamples } from './augmentation';
import { normalisedPicture, denormalisedPicture } from './normalisation';

const { training } = experimentSchema.parse({
  source: {},
  classes: 'camvid11',
  training: { batch: 64, augmentation: { scale: [0.5, 2] } },
});

suite('Augmentation', () => {
  test('shows pictures with labels larger and smaller, in another light', () => {
    const samples = drawSamples(10, training, true, 1, 1);
    assert.ok(samples.some(({ scale }) => scale > 1.5) && samples.some(({ scale }) => scale < 0.7));
    assert.ok(new Set(samples.map(({ contrast }) => contrast)).size > 60);
  });

  test('keeps within pictures without labels, and keeps their light', () => {
    const samples = drawSamples(10, training, false, 1, 1);
    for (const { scale, left, top, gains, contrast } of samples) {
      assert.ok(scale <= 1 && Math.min(left, top) >= 0 && Math.max(left, top) + scale <= 1 + 1e-9);
      assert.deepEqual([...gains, contrast], [1, 1, 1, 1]);
    }
    assert.ok(samples.some(({ scale }) => scale < 0.7));
  });
});

suite('pictures as networks see them', () => {
  test('are normalised as torchvision does, and come back whole', () => {
    const picture = { width: 2, height: 1, rgb: Uint8Array.of(0, 128, 255, 124, 116, 104) };
    const { shape, data } = normalisedPicture(picture);
    assert.deepEqual(shape, [1, 3, 1, 2]);
    // (value / 255 - mean) / spread by hand, channel by channel
    [-2.117904, 0.005566, 0.205182, -0.004902, 2.64, 0.008192].forEach((expected, index) => {
      assert.ok(Math.abs(data[index] - expected) < 1e-5, `${index}: ${data[index]}`);
    });
    assert.deepEqual(denormalisedPicture({ shape, data }), picture);
  });
});
