import assert from 'node:assert/strict';
import { chooseImages, halves, spread } from './chosenImages';

const items = Array.from({ length: 20 }, (_, index) => index);

suite('the images of a trial', () => {
  test('those of even places choose settings, the others are reported', () => {
    assert.deepEqual(halves(['a', 'b', 'c', 'd', 'e']), { tuned: ['a', 'c', 'e'], reported: ['b', 'd'] });
  });

  test('some are spread evenly, or all where they are not more', () => {
    assert.deepEqual(spread(items, 4), [0, 5, 10, 15]);
    assert.deepEqual(spread([1, 2], 4), [1, 2]);
  });

  test('the labelled ones follow from the seed, and the others are of the rest', () => {
    const { labelled, others } = chooseImages(items, 8, 6, 1);
    assert.deepEqual(chooseImages(items, 8, 6, 1), { labelled, others });
    assert.notDeepEqual(chooseImages(items, 8, 6, 2).labelled, labelled);
    assert.deepEqual([new Set(labelled).size, others.length], [8, 6]);
    assert.ok(others.every(item => !labelled.includes(item)));
    assert.equal(chooseImages(items, 16, 6, 1).others.length, 4, 'there are no more');
  });
});
