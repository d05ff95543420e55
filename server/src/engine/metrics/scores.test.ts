import assert from 'node:assert/strict';
import { joinRows, overlap } from './overlap';
import { meanScores, scores } from './scores';

const labels = (rows: string) => Uint16Array.from(rows.replaceAll(' ', ''), Number);
const close = (actual: number, expected: number) => assert.ok(Math.abs(actual - expected) < 1e-6, `${actual}, not ${expected}`);

suite('scores', () => {
  test('are perfect for equal segmentations under other names', () => {
    assert.deepEqual(scores(overlap(labels('1122'), labels('7733'))), { meanIoU: 1, covering: 1, randIndex: 1, variation: 0 });
  });

  test('of one region against two, by hand', () => {
    // Truth segments of 3 and 1 pixels; IoU with the whole: 3/4 and 1/4. Pairs that agree: the 3 within the larger, of 6.
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

  test('means are over annotators', () => {
    const one = { meanIoU: 0.2, covering: 0.4, randIndex: 0.6, variation: 1 };
    const two = { meanIoU: 0.4, covering: 0.8, randIndex: 0.8, variation: 3 };
    const { meanIoU, covering, randIndex, variation } = meanScores([one, two]);
    [[meanIoU, 0.3], [covering, 0.6], [randIndex, 0.7], [variation, 2]].forEach(([actual, expected]) => close(actual, expected));
  });
});

suite('overlap', () => {
  test('joins rows as if they had been one label', () => {
    const truth = labels('1211');
    assert.deepEqual(joinRows(overlap(labels('1233'), truth), Uint16Array.of(0, 0, 1), 2), overlap(labels('1122'), truth));
  });

  test('refuses segmentations of different sizes', () => assert.throws(() => overlap(labels('11'), labels('111')), /2 and 3 pixels/));
});
