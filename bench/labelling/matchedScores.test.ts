import assert from 'node:assert/strict';
import { seededRandom } from '../../server/src/engine/common/random';
import { bestMatching } from './bestMatching';
import { matchedScores } from './matchedScores';

/** The greatest sum of a one-to-one matching, by trying all. */
function greatestSum(values: readonly (readonly number[])[], row = 0, taken: readonly number[] = []): number {
  if (row === values.length) return 0;
  const skipped = greatestSum(values, row + 1, taken);
  const sums = values[row].map((value, column) =>
    taken.includes(column) ? 0 : value + greatestSum(values, row + 1, [...taken, column]),
  );
  return Math.max(skipped, ...sums);
}

suite('labels without classes', () => {
  test('rows are matched with columns so that the sum is greatest', () => {
    assert.deepEqual(
      [
        ...bestMatching([
          [9, 8],
          [8, 1],
        ]),
      ],
      [1, 0],
    );
    assert.deepEqual([...bestMatching([[1, 7, 3]])], [1]);
    assert.deepEqual([...bestMatching([[2], [5], [3]])], [-1, 0, -1]);
    const next = seededRandom(3);
    for (const [rows, columns] of [
      [1, 1],
      [4, 4],
      [3, 5],
      [5, 3],
      [5, 5],
    ]) {
      const values = Array.from({ length: rows }, () => Array.from({ length: columns }, () => Math.floor(next() * 50)));
      const found = [...bestMatching(values)];
      const matched = found.filter(column => column >= 0);
      assert.equal(new Set(matched).size, Math.min(rows, columns));
      const sum = found.reduce((total, column, row) => total + (column < 0 ? 0 : values[row][column]), 0);
      assert.equal(sum, greatestSum(values), JSON.stringify(values));
    }
  });

  test('each class has the label that fits best over all pictures; other labels are wrong', () => {
    const truths = [Uint8Array.of(0, 0, 1, 255), Uint8Array.of(1, 1, 0, 0)];
    const labels = [
      [5, 5, 2, 9],
      [2, 2, 5, 3],
    ];
    const { mIoU, pixelAccuracy, perClass } = matchedScores(truths, labels, 2);
    assert.deepEqual(perClass, [3 / 4, 1]);
    assert.deepEqual([mIoU, pixelAccuracy], [7 / 8, 6 / 7]);
  });
});
