import assert from 'node:assert/strict';
import { boundariesOf } from './boundary';
import { imageScores, prepareTruth, type LabelMap } from './imageScores';
import references from './imageScores.reference.json';
import { matchPixels } from './matching';
import { connectedSegments, labelSegments } from '../../../../mask/agreement/segments';

const close = (actual: number, expected: number) => {
  assert.ok(Math.abs(actual - expected) < 1e-9, `${actual}, not ${expected}`);
};
const map = (...rows: string[]): LabelMap => ({
  width: rows[0].length,
  height: rows.length,
  labels: Uint16Array.from(rows.join(''), Number),
});

interface Voronoi {
  width: number;
  height: number;
  labels: number;
  seeds: number[][];
}

/** Makes the label map that `imageScores.reference.py` makes of the same seeds. */
function voronoi({ width, height, labels, seeds }: Voronoi): LabelMap {
  const nearest = (x: number, y: number) => {
    const distances = seeds.map(([a, b]) => (x - a) ** 2 + (y - b) ** 2);
    return distances.indexOf(Math.min(...distances)) % labels;
  };
  return {
    width,
    height,
    labels: Uint16Array.from({ length: width * height }, (_, p) => nearest(p % width, Math.floor(p / width))),
  };
}

suite('scores of an image', () => {
  test("a prediction's segments are its connected regions, by sides and not by corners", () => {
    // Label 1 in two pieces that touch at a corner: each covers half of the truth's left column.
    const { meanIoU, segments } = imageScores(map('12', '21'), [prepareTruth(map('12', '12'))]);
    assert.equal(segments, 4);
    close(meanIoU, 0.5);
  });

  test('means over annotators; fine and coarse by their numbers of segments', () => {
    const truths = [map('1234'), map('1111'), map('1122')].map(prepareTruth);
    const { meanIoU, meanIoUFine, meanIoUCoarse, covering } = imageScores(map('1122'), truths);
    close(meanIoUFine, 0.5);
    close(meanIoUCoarse, 0.5);
    close(meanIoU, (0.5 + 0.5 + 1) / 3);
    close(covering, (0.5 + 0.5 + 1) / 3);
    close(imageScores(map('1222'), truths).meanIoUFine, (1 + 3 * (1 / 3)) / 4);
    close(imageScores(map('1222'), truths).meanIoUCoarse, 0.75);
  });

  test('a prediction of another size is refused, also of as many pixels', () => {
    assert.throws(() => imageScores(map('12', '12'), [prepareTruth(map('1122'))]), /2×2 pixels, the truth 4×1/);
  });

  references.forEach((expected, i) => {
    const prediction = voronoi(expected.prediction);
    const truths = expected.truths.map(voronoi);
    const { width, height } = prediction;

    test(`agree with scikit-image, SciPy and plain counting, case ${i + 1}`, () => {
      const actual = imageScores(prediction, truths.map(prepareTruth));
      for (const name of [
        'meanIoU',
        'meanIoUFine',
        'meanIoUCoarse',
        'covering',
        'randIndex',
        'variation',
        'segments',
      ] as const)
        close(actual[name], expected[name]);
      const { predicted, drawn, found } = actual.boundary;
      assert.deepEqual(
        { predicted, drawn, found },
        { predicted: expected.predicted, drawn: expected.drawn, found: expected.found },
      );
    });

    test(`boundaries are those that scikit-image thins, case ${i + 1}`, () => {
      const {
        pixels,
        tolerance: { stride },
      } = boundariesOf(connectedSegments(prediction.labels, width, height), width, height);
      const margin = (stride - width) / 2;
      assert.deepEqual(
        Array.from(pixels, p => (Math.floor(p / stride) - margin) * width + (p % stride) - margin),
        expected.boundary,
      );
    });

    test(`as many pairs as the cheapest assignment has, case ${i + 1}`, () => {
      const margin = 6;
      const stride = width + 2 * margin;
      const size = stride * (height + 2 * margin);
      const pixelsOf = ({ labels }: LabelMap) => {
        const { pixels, tolerance } = boundariesOf(labelSegments(labels), width, height);
        const old = (tolerance.stride - width) / 2;
        return pixels.map(
          p => (Math.floor(p / tolerance.stride) - old + margin) * stride + (p % tolerance.stride) - old + margin,
        );
      };
      const [a, b] = [pixelsOf(prediction), pixelsOf(truths[0])];
      for (const { distance, count } of expected.pairs) {
        const partners = matchPixels(a, b, { distance, stride, size }).filter(partner => partner >= 0);
        assert.equal(partners.length, count);
        assert.equal(new Set(partners).size, count, 'one to one');
      }
    });
  });
});
