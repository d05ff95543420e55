import assert from 'node:assert/strict';
import { countPixels, emptyConfusion, classScores } from './confusion';

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
