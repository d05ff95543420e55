import assert from 'node:assert/strict';
import { experimentSchema } from '../../experiment/experimentSchema';
import { mixingFeeds, mixingInputs } from './selfTraining';

const experimentWith = (adaptation: object) =>
  experimentSchema.parse({
    source: {},
    target: { images: 'photos' },
    classes: 'camvid11',
    adaptation: { strategy: 'self-training', ...adaptation },
    training: { batch: 3, size: [50, 40] },
  });
const batch = {
  images: { shape: [3, 3, 40, 50], data: new Float32Array(3 * 3 * 2000) },
  labels: { shape: [3, 1, 40, 50], data: Int32Array.from({ length: 3 * 2000 }, (_, i) => i % 4) },
};

suite('inputs of self-training', () => {
  const seen = (adaptation: object, step = 1) =>
    mixingFeeds(experimentWith(adaptation), step, batch)[mixingInputs.seen];

  test('no more photos are masked than a batch has, and none by default', () => {
    assert.equal(seen({}), undefined);
    assert.deepEqual(seen({ maskedPhotos: 2 })?.shape, [2, 1, 40, 50]);
    assert.deepEqual(seen({ maskedPhotos: 5 })?.shape, [3, 1, 40, 50]);
  });

  test('whole squares are left out, also at the edges, of the share that is set', () => {
    const { data } = seen({ maskedPhotos: 3, maskSize: 4, maskRatio: 0.7 });
    for (let n = 0; n < 3; n++)
      for (let y = 0; y < 40; y++)
        for (let x = 0; x < 50; x++) {
          const corner = data[n * 2000 + (y - (y % 4)) * 50 + x - (x % 4)];
          assert.equal(data[n * 2000 + y * 50 + x], corner);
        }
    const share = data.filter(value => value === 1).length / data.length;
    assert.ok(Math.abs(share - 0.3) < 0.05, `${share}`); // 390 squares: five standard deviations are 0.11
  });

  test('squares are drawn anew at every step, and the same for a step', () => {
    const drawn = (step: number) => [...seen({ maskedPhotos: 1, maskSize: 4 }, step).data].join('');
    assert.equal(drawn(5), drawn(5));
    assert.notEqual(drawn(5), drawn(6));
  });

  test('half of the classes of each source picture are pasted, rounded up', () => {
    const { data } = mixingFeeds(experimentWith({}), 1, batch)[mixingInputs.mask];
    for (let n = 0; n < 3; n++) {
      const pasted = new Set(
        [...data.subarray(n * 2000, (n + 1) * 2000)].flatMap((value, i) => (value ? [i % 4] : [])),
      );
      assert.equal(pasted.size, 2);
    }
  });
});
