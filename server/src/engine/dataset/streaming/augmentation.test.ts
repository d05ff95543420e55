import assert from 'node:assert/strict';
import { experimentSchema } from '../../experiment/experimentSchema';
import { drawEvenly, drawSamples, plainSample, renderBatch } from './augmentation';
import { denormalisedByte } from './imageNormalisation';
import { coveringSize } from './itemLoading';

const { training } = experimentSchema.parse({
  source: {},
  classes: 'camvid11',
  training: { batch: 64, augmentation: { scale: [0.5, 2] } },
});

suite('Augmentation', () => {
  test('shows pictures with labels larger and smaller, in other colours', () => {
    const samples = drawSamples(drawEvenly(10), training, true, 1, 1);
    assert.ok(samples.some(({ scale }) => scale > 1.5) && samples.some(({ scale }) => scale < 0.7));
    assert.ok(new Set(samples.map(({ colours }) => colours!.contrast)).size > 60);
  });

  test('keeps within pictures without labels, and keeps their colours', () => {
    const samples = drawSamples(drawEvenly(10), training, false, 1, 1);
    for (const { scale, left, top, colours } of samples) {
      assert.ok(scale <= 1 && Math.min(left, top) >= 0 && Math.max(left, top) <= 1);
      assert.equal(colours, undefined);
    }
    assert.ok(samples.some(({ scale }) => scale < 0.7));
  });

  test('shows a part with the batch’s proportions, at its place, and the labels of the same pixels', () => {
    // 8×2 pixels, each with its own number; a batch of 2×2 shows a square of them.
    const numbers = Uint8Array.from({ length: 16 }, (_, p) => p);
    const item = { picture: { width: 8, height: 2, rgb: Uint8Array.from(numbers, n => 10 * n) }, labels: numbers };
    const rgb = Uint8Array.from({ length: 48 }, (_, at) => 10 * Math.floor(at / 3));
    const shown = (left: number, flip = false) =>
      renderBatch([{ ...plainSample(0), left, flip }], [{ ...item, picture: { ...item.picture, rgb } }], [2, 2]);
    assert.deepEqual([...shown(0).labels!.data], [0, 1, 8, 9]);
    assert.deepEqual([...shown(1).labels!.data], [6, 7, 14, 15]);
    assert.deepEqual([...shown(0.5, true).labels!.data], [4, 3, 12, 11]);
    const reds = [...shown(0.5).images.data.slice(0, 4)].map(value => denormalisedByte(value, 0));
    assert.deepEqual(reds, [30, 40, 110, 120]);
  });

  test('pictures are kept with their own proportions, not enlarged, and within bounds', () => {
    assert.deepEqual(coveringSize({ width: 512, height: 288 }, [288, 216]), [384, 216]);
    assert.deepEqual(coveringSize({ width: 480, height: 360 }, [192, 144]), [192, 144]);
    assert.deepEqual(coveringSize({ width: 256, height: 144 }, [288, 216]), [256, 144]);
    assert.deepEqual(coveringSize({ width: 120, height: 360 }, [60, 60]), [60, 180]);
    assert.deepEqual(coveringSize({ width: 90_000, height: 100 }, [60, 60]), [240, 60]);
  });
});
