import assert from 'node:assert/strict';
import { agreementOf, overlap, scores } from './agreement';
import { connectedSegments, labelSegments } from './segments';
import { below, flood, seeded } from '../testing/randomMasks';

suite('The agreement of masks', () => {
  const map = (text: string, width: number) => ({
    width,
    height: text.length / width,
    labels: Uint16Array.from(text, Number),
  });

  test('is whole for the same regions under other names', () => {
    assert.deepEqual(agreementOf(map('112211', 6), map('334455', 6)), {
      meanIoU: 1,
      covering: 1,
      regions: 3,
      segments: 3,
    });
  });

  test('takes a mask apart into connected regions, a truth by its labels', () => {
    // Regions 11, 22, 11 against labels 1 (4 pixels) and 2 (2): best IoU 2/4 and 1; covering (4 × 0.5 + 2 × 1) / 6.
    assert.deepEqual(agreementOf(map('112211', 6), map('112211', 6)), {
      meanIoU: 0.75,
      covering: 4 / 6,
      regions: 3,
      segments: 2,
    });
  });

  test('refuses other sizes', () => {
    assert.throws(() => agreementOf(map('1111', 2), map('1111', 4)), /2×2 pixels, the other 4×1/);
  });
});

const labels = (rows: string) => labelSegments(Uint16Array.from(rows.replaceAll(' ', ''), Number));
const close = (actual: number, expected: number) =>
  assert.ok(Math.abs(actual - expected) < 1e-6, `${actual}, not ${expected}`);

suite('scores', () => {
  test('are perfect for equal segmentations under other names', () => {
    assert.deepEqual(scores(overlap(labels('1122'), labels('7733'))), {
      meanIoU: 1,
      covering: 1,
      randIndex: 1,
      variation: 0,
    });
  });

  test('of one region against two, by hand', () => {
    // Truth segments of 3 and 1 pixels; IoU with the whole: 3/4 and 1/4. Pairs that agree: the 3 within the larger, of
    // 6.
    const { meanIoU, covering, randIndex, variation } = scores(overlap(labels('1111'), labels('1112')));
    close(meanIoU, 0.5);
    close(covering, (3 * 0.75 + 0.25) / 4);
    close(randIndex, 0.5);
    close(variation, 0.75 * Math.log2(4 / 3) + 0.25 * 2);
  });

  test('of two crossing halves, by hand', () => {
    const { meanIoU, covering, randIndex, variation } = scores(overlap(labels('1122'), labels('1212')));
    close(meanIoU, 1 / 3);
    close(covering, 1 / 3);
    close(randIndex, 2 / 6);
    close(variation, 2);
  });

  test('agree with scikit-image (variation_of_information) and with counting all pairs', () => {
    const prediction = labels('11122 11222 33222 33344');
    const truth = labels('11112 51222 53222 53334');
    const { randIndex, variation } = scores(overlap(prediction, truth));
    close(variation, 1.22112747);
    close(randIndex, 0.85789474);
  });

  test('do not depend on which pixel is where', () => {
    const a = scores(overlap(labels('112233'), labels('121233')));
    const b = scores(overlap(labels('331122'), labels('331212')));
    close(a.covering, b.covering);
    close(a.variation, b.variation);
  });
});

suite('overlap', () => {
  test('has each pair once, and the areas', () => {
    const { row, column, pixels, rowAreas, columnAreas, total } = overlap(labels('1122 1122'), labels('3999 3999'));
    const triples = Array.from(row, (r, i) => [r, column[i], pixels[i]]).toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
    assert.deepEqual(triples, [
      [0, 0, 2],
      [0, 1, 2],
      [1, 1, 4],
    ]);
    assert.deepEqual([[...rowAreas], [...columnAreas], total], [[4, 4], [2, 6], 8]);
  });

  test('refuses segmentations of different sizes', () =>
    assert.throws(() => overlap(labels('11'), labels('111')), /2 and 3 pixels/));
});

suite('Connected segments', () => {
  test('are those that a flood from each pixel finds, in the order of their first pixels', () => {
    const random = seeded(3);
    for (const [width, height, labels] of [
      [1, 1, 1],
      [9, 1, 2],
      [1, 9, 2],
      [17, 13, 2],
      [16, 16, 3],
      [40, 25, 2],
      [31, 30, 5],
    ]) {
      const map = Uint16Array.from({ length: width * height }, () => below(random, labels));
      const expected = new Int32Array(map.length);
      const parts = [...new Set(map)].flatMap(label =>
        flood(
          [...map].map(one => one === label),
          width,
        ),
      );
      parts
        .sort((a, b) => Math.min(...a) - Math.min(...b))
        .forEach((part, number) => {
          for (const pixel of part) expected[pixel] = number;
        });
      assert.deepEqual(
        connectedSegments(map, width, height),
        { count: parts.length, segmentOf: expected },
        `${width}×${height}`,
      );
    }
  });

  test('join arms that meet only further down', () => {
    const rows = ['1010101', '1010111', '1110001', '0000000'];
    const map = Uint16Array.from(rows.join(''), Number);
    const { count, segmentOf } = connectedSegments(map, 7, 4);
    // The left two arms and the right two; zeros between the arms, within the right ones, and all around.
    assert.equal(count, 5);
    assert.equal(segmentOf[0], segmentOf[2]);
    assert.equal(segmentOf[4], segmentOf[6]);
    assert.notEqual(segmentOf[0], segmentOf[4]);
  });
});
