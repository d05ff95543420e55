import assert from 'node:assert/strict';
import { remaining, strengthAt } from './schedule';

suite('schedules of a run', () => {
  test('adaptation begins after the warm-up, at once or little by little', () => {
    const strengths = (warmUp: number, rampUp: number) => [1, 2, 3, 4, 5, 6].map(step => strengthAt(step, { warmUp, rampUp }));
    assert.deepEqual(strengths(0, 0), [1, 1, 1, 1, 1, 1]);
    assert.deepEqual(strengths(2, 0), [0, 0, 1, 1, 1, 1]);
    assert.deepEqual(strengths(1, 3), [0, 0.25, 0.5, 0.75, 1, 1]);
  });

  test('the learning rate falls to almost nothing', () => {
    assert.deepEqual([1, 501, 1000].map(step => Number(remaining(step, 1000).toFixed(4))), [1, 0.5359, 0.002]);
  });
});
