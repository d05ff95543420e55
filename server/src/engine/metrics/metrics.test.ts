import assert from 'node:assert/strict';
import { countPixels, emptyConfusion, classScores } from './confusion';
import { boundariesOf, boundaryCounts, boundaryMeasure, sumCounts } from './boundary';
import { imageScores, prepareTruth, type LabelMap } from './imageScores';
import references from './imageScores.reference.json';
import { matchPixels } from './matching';
import { connectedSegments, labelSegments } from '../../../../mask/agreement/segments';

suite('confusion of classes', () => {
  test('scores follow from the counts; unlabelled pixels and absent classes do not count', () => {
    const confusion = emptyConfusion(4);
    countPixels(confusion, [0, 0, 0, 1, 1, 255], [0, 0, 1, 1, 0, 2]);
    countPixels(confusion, [1, 3], [1, 3]);
    assert.deepEqual([...confusion.counts], [2, 1, 0, 0, /**/ 1, 2, 0, 0, /**/ 0, 0, 0, 0, /**/ 0, 0, 0, 1]);
    const { mIoU, pixelAccuracy, perClass } = classScores(confusion);
    assert.deepEqual(perClass, [0.5, 0.5, null, 1]);
    assert.ok(Math.abs(mIoU - 2 / 3) < 1e-12);
    assert.equal(pixelAccuracy, 5 / 7);
  });

  test('a prediction that is no class is wrong, and no class of its own', () => {
    const confusion = emptyConfusion(2);
    countPixels(confusion, [0, 0, 0, 1, 255], [0, 0, 255, 1, 255]);
    assert.deepEqual([...confusion.missed], [1, 0]);
    const { perClass, pixelAccuracy } = classScores(confusion);
    assert.deepEqual(perClass, [2 / 3, 1]);
    assert.equal(pixelAccuracy, 3 / 4);
  });

  test('nothing counted scores 0', () => {
    assert.deepEqual(classScores(emptyConfusion(2)), { mIoU: 0, pixelAccuracy: 0, perClass: [null, null] });
  });

  test('maps of unequal size are refused', () => {
    assert.throws(() => {
      countPixels(emptyConfusion(2), [0], [0, 1]);
    }, /1 pixels has a prediction of 2/);
  });
});

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

/** Traces the boundaries of a picture of two halves, left of column `x` and the rest. */
const halves = (width: number, height: number, x: number) =>
  boundariesOf(
    labelSegments(Uint16Array.from({ length: width * height }, (_, p) => Number(p % width >= x))),
    width,
    height,
  );

suite('boundaries', () => {
  test('of two halves are one column, left of where the label changes', () => {
    const {
      pixels,
      tolerance: { stride },
    } = halves(5, 3, 2);
    assert.deepEqual(
      [...pixels].map(p => [(p % stride) - 1, Math.floor(p / stride) - 1]),
      [
        [1, 0],
        [1, 1],
        [1, 2],
      ],
    );
  });

  test('of one segment are none, which is right where the truth has none either', () => {
    const [none, some] = [halves(5, 3, 0), halves(5, 3, 2)];
    assert.equal(boundaryMeasure(boundaryCounts(none, [none])).f, 1);
    assert.deepEqual(boundaryMeasure(boundaryCounts(none, [some])), { precision: 1, recall: 0, f: 0 });
    assert.deepEqual(boundaryMeasure(boundaryCounts(some, [none])), { precision: 0, recall: 1, f: 0 });
  });

  test('count within 0.0075 of the diagonal, against every annotator, by hand', () => {
    // 400×300: diagonal 500, tolerance 3.75 pixels. Columns 3 apart are partners, 4 apart not.
    const [prediction, near, far] = [halves(400, 300, 200), halves(400, 300, 203), halves(400, 300, 204)];
    assert.deepEqual(boundaryCounts(prediction, [near, far]), { predicted: 300, right: 300, drawn: 600, found: 300 });
    const { precision, recall, f } = boundaryMeasure(boundaryCounts(prediction, [near, far]));
    assert.deepEqual([precision, recall], [1, 0.5]);
    assert.ok(Math.abs(f - 2 / 3) < 1e-12);
    assert.equal(
      boundaryMeasure(
        sumCounts([
          { predicted: 1, right: 1, drawn: 1, found: 0 },
          { predicted: 3, right: 1, drawn: 3, found: 2 },
        ]),
      ).f,
      0.5,
    );
  });
});

suite('matching', () => {
  /** Matches positions on a line, at most 1 apart. */
  const partners = (a: number[], b: number[]) => {
    const onLine = (places: number[]) => Int32Array.from(places, x => 100 + x);
    return [...matchPixels(onLine(a), onLine(b), { distance: 1, stride: 100, size: 300 })];
  };

  test('has as many pairs as can be, where pairing the nearest first has fewer', () => {
    assert.deepEqual(partners([4, 2], [3, 5]), [1, 0], '4 gives way to 2, which has no other');
    assert.deepEqual(partners([6, 4, 2], [5, 3, 7, 1]).filter(partner => partner >= 0).length, 3);
    assert.deepEqual(partners([8, 6, 4, 2], [7, 5, 3, 9]), [3, 0, 1, 2], 'each gives way to the next');
  });

  test('leaves those out that have no partner', () => {
    assert.deepEqual(partners([10, 50], [52, 11]), [1, -1]);
  });
});
