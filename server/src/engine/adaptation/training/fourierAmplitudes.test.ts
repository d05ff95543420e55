import assert from 'node:assert/strict';
import { normalisedByte, spreads } from '../../dataset/streaming/imageNormalisation';
import { experimentSchema } from '../../experiment/experimentSchema';
import { exchangeAmplitudes } from './fourierAmplitudes';
import references from './fourierAmplitudes.reference.json';
import { stepFeeds } from './stepFeeds';
import { usesTarget } from '../../experiment/targetUse';

const [width, height] = [13, 10];
const area = width * height;

/** Two pictures alike, by the formula of the reference script. */
function pictures(step: number) {
  const data = Float32Array.from({ length: 6 * area }, (_, i) => {
    const [c, y, x] = [Math.floor(i / area) % 3, Math.floor((i % area) / width), i % width];
    return normalisedByte((step * x + 3 * step * y + 50 * c + 5 * ((x * y) % 7)) % 256, c);
  });
  return { shape: [2, 3, height, width], data };
}

suite('amplitudes of the target', () => {
  const [source, target] = [pictures(11), pictures(29)];

  for (const { window, bytes } of references) {
    test(`low frequencies have them within the window ${window}, as by NumPy's transform`, () => {
      const { data } = exchangeAmplitudes(target, source, 1, window);
      assert.deepEqual(data.subarray(0, 3 * area), source.data.subarray(0, 3 * area));
      for (const [i, expected] of bytes.entries()) {
        const channel = Math.floor(i / area);
        const found = data[3 * area + i];
        const difference = Math.abs(found - normalisedByte(expected, channel)) * spreads[channel] * 255;
        assert.ok(difference < 1e-3, `${i}: ${difference} from ${expected}`);
      }
    });
  }

  test('a picture keeps its own, and no picture changes where none is to', () => {
    const before = Float32Array.from(source.data);
    const { data } = exchangeAmplitudes(source, source, 2, 0.25);
    assert.ok(data.every((value, i) => Math.abs(value - source.data[i]) < 1e-5));
    assert.equal(exchangeAmplitudes(target, source, 0, 0.25), source);
    assert.deepEqual(source.data, before);
  });

  test('the mean of a picture of one colour becomes that of the photo; histograms go to other pictures', () => {
    const experiment = experimentSchema.parse({
      source: {},
      target: { images: 'photos' },
      classes: 'camvid11',
      adaptation: { strategy: 'none', targetAmplitudes: 0.5, targetHistograms: 0.25 },
      training: { batch: 4, size: [16, 16] },
    });
    assert.equal(usesTarget(experiment), true);
    assert.equal(usesTarget({ ...experiment, target: undefined }), false);
    const size = 3 * 256;
    const images = (values: number[]) => ({
      shape: [4, 3, 16, 16],
      data: Float32Array.from({ length: 4 * size }, (_, i) => values[Math.floor(i / size)]),
    });
    const labels = { shape: [4, 1, 16, 16], data: new Int32Array(4 * 256) };
    const feeds = stepFeeds(
      experiment,
      1,
      { images: images([1, 1, 1, 1]), labels },
      { images: images([-1, -1, -1, 2]) },
    );
    const found = [0, 1, 2, 3].map(n => feeds.source.data[n * size]);
    [-1, 1, -1, 2].forEach((expected, n) => assert.ok(Math.abs(found[n] - expected) < 0.01, `${n}: ${found[n]}`));
  });
});
