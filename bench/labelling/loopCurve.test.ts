import assert from 'node:assert/strict';
import { seededRandom } from '../../server/src/engine/common/random';
import { chooseNext, clicksTo, loopTable } from './loopCurve';

const point = (clicks: number, mIoU: number) => ({ corrected: 8, clicks, mIoU });

suite('the loop of proposals and corrections', () => {
  test('corrects uncertain proposals that are apart from each other, or any', () => {
    const images = [0.1, undefined, 0.9, 0.8, 0.2, 0.3, 0.7, 0.1].map((uncertainty, place) => ({
      path: `${place}.jpg`,
      uncertainty,
    }));
    // Full worth begins at 8 / 4 places from what is approved: at 0.8, before 0.7; then at 8 / 6, and 0.9 has half.
    const chosen = chooseNext(images.toReversed(), 2, 'most uncertain', seededRandom(1));
    assert.deepEqual(chosen, ['3.jpg', '6.jpg']);
    const random = chooseNext(images, 3, 'random', seededRandom(1));
    assert.equal(new Set(random).size, 3);
    assert.ok(!random.includes('1.jpg'));
    assert.deepEqual(chooseNext(images, 3, 'random', seededRandom(1)), random);
    assert.equal(new Set(chooseNext(images, 9, 'most uncertain', seededRandom(1))).size, 7);
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
