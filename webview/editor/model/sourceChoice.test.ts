import assert from 'node:assert/strict';
import { rangeKindOf, rangeOf } from './sourceChoice';

suite('choosing the range of an image file', () => {
  test('kinds and bounds become ranges of the setting and are found again', () => {
    for (const [kind, low, high, range] of [
      ['auto', 1, 2, 'auto'],
      ['extent', 1, 2, '0%..100%'],
      ['percent', 0.5, 99.5, '0.5%..99.5%'],
      ['values', -3, 1e-7, '-3..1e-7'],
    ] as const) {
      assert.equal(rangeOf(kind, low, high), range);
      assert.equal(rangeKindOf(range), kind);
    }
  });

  test('bounds that do not rise, are missing, or are no percentages give none', () => {
    for (const [low, high] of [
      [2, 2],
      [NaN, 3],
      [5, 1],
    ] as const)
      assert.equal(rangeOf('values', low, high), undefined);
    assert.equal(rangeOf('percent', -1, 50), undefined);
    assert.equal(rangeOf('percent', 0, 101), undefined);
  });
});
