import assert from 'node:assert/strict';
import { boundariesOf, boundaryCounts, boundaryMeasure, sumCounts } from './boundary';
import { matchPixels } from './matching';
import { labelSegments } from '../../../../mask/agreement/segments';

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
