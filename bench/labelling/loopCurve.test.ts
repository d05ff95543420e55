import assert from 'node:assert/strict';
import { seededRandom } from '../../server/src/engine/common/random';
import { chooseNext, clicksTo, loopTable } from './loopCurve';

const point = (clicks: number, mIoU: number) => ({ corrected: 8, clicks, mIoU });

suite('the loop of proposals and corrections', () => {
  test('corrects the least certain proposals, or any', () => {
    const uncertainties = new Map([
      ['a', 0.1],
      ['b', 0.4],
      ['c', 0.2],
      ['d', 0.3],
    ]);
    assert.deepEqual(chooseNext(uncertainties, 2, 'most uncertain', seededRandom(1)), ['b', 'd']);
    const random = chooseNext(uncertainties, 3, 'random', seededRandom(1));
    assert.equal(new Set(random).size, 3);
    assert.deepEqual(chooseNext(uncertainties, 3, 'random', seededRandom(1)), random);
    assert.deepEqual(chooseNext(uncertainties, 9, 'most uncertain', seededRandom(1)), ['b', 'd', 'c', 'a']);
  });

  test('reaches a score in proportion between two rounds, with the first labels, or not at all', () => {
    const points = [point(100, 0.4), point(150, 0.5), point(250, 0.7)];
    assert.equal(clicksTo(points, 0.6)?.toFixed(6), '200.000000');
    assert.equal(clicksTo(points, 0.3), 100);
    assert.equal(clicksTo(points, 0.8), null);
    assert.equal(clicksTo([], 0.5), null);
  });

  test('has a line a round, and the clicks to the score', () => {
    const table = loopTable(
      new Map([
        ['most uncertain', [point(100, 0.4), point(200, 0.6)]],
        ['random', [point(100, 0.4)]],
      ] as const),
      0.5,
    );
    assert.deepEqual(table.split('\n').slice(2), [
      '| 1 | 100 | 0.400 | 100 | 0.400 |',
      '| 2 | 200 | 0.600 | – | – |',
      '| to 0.50 | 150 |  | not reached |  |',
    ]);
  });
});
