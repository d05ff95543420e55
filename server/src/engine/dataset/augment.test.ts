import assert from 'node:assert/strict';
import { experimentSchema } from '../adaptation/experiment';
import { drawSamples } from './augment';

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
