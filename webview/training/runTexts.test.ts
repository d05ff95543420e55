import assert from 'node:assert/strict';
import { durationText, placeText, stateText } from './runTexts';

suite('texts of the training view', () => {
  test('times in their two largest units', () => {
    assert.deepEqual([0.4, 59, 61, 3599.7, 7384, -3].map(durationText), [
      '0 s',
      '59 s',
      '1 min 1 s',
      '1 h 0 min',
      '2 h 3 min',
      '0 s',
    ]);
  });

  test('where a run is, with what is known', () => {
    const run = { folder: '/r', name: 'r', state: 'running', step: 450, steps: 3000 } as const;
    assert.equal(placeText(run), 'step 450 of 3000');
    assert.equal(
      placeText({ ...run, mIoU: 0.31249, secondsLeft: 245 }),
      'step 450 of 3000 · mIoU 0.312 · 4 min 5 s left',
    );
    assert.equal(
      stateText({ ...run, state: 'failed', error: 'Step 9: a loss is no number' }),
      'failed: Step 9: a loss is no number',
    );
  });
});
