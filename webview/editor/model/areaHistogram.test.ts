import assert from 'node:assert/strict';
import { areaHistogram } from './areaHistogram';

suite('The histogram of label areas', () => {
  test('counts each label once, at the edges in the upper bin', () => {
    assert.deepEqual(areaHistogram([9, 10, 29, 30, 31, 299, 0]), [
      { from: 3, to: 10, count: 1 },
      { from: 10, to: 30, count: 2 },
      { from: 30, to: 100, count: 2 },
      { from: 100, to: 300, count: 1 },
    ]);
  });

  test('has empty bins between, none around, and none at all without labels', () => {
    assert.deepEqual(
      areaHistogram([24_000_000, 2]).map(({ count }) => count),
      [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
    );
    assert.deepEqual(areaHistogram([1]), [{ from: 1, to: 3, count: 1 }]);
    assert.deepEqual(areaHistogram([0]), []);
  });
});
