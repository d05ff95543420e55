import assert from 'node:assert/strict';
import type { TrainingPoint } from '../../protocol/trainingPoint';
import { durationText, progressText, stateText } from './runHeading';
import { joinPoints, lossCurves, scoreCurves } from './trainingCurves';

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
    assert.equal(progressText(run), 'step 450 of 3000');
    assert.equal(
      progressText({ ...run, mIoU: 0.31249, secondsLeft: 245 }),
      'step 450 of 3000 · mIoU 0.312 · 4 min 5 s left',
    );
    assert.equal(
      progressText({ ...run, heldOutMIoU: 0.7, best: { step: 400, heldOutMIoU: 0.71249 } }),
      'step 450 of 3000 · held-out mIoU 0.700 · segments with step 400 (0.712)',
    );
    assert.equal(
      stateText({ ...run, state: 'failed', error: 'Step 9: a loss is no number' }),
      'failed: Step 9: a loss is no number',
    );
  });
});

const point = (step: number, losses: Record<string, number>, mIoU?: number): TrainingPoint => ({
  step,
  steps: 100,
  losses,
  learningRate: 0.1,
  secondsPerStep: 0.1,
  ...(mIoU !== undefined && { evaluation: { mIoU, pixelAccuracy: 2 * mIoU, perClass: [mIoU] } }),
});

suite('curves of a training run', () => {
  test('steps done again replace those of before', () => {
    const before = [1, 2, 3].map(step => point(10 * step, { segmentation: step }));
    const joined = joinPoints(before, [point(20, { segmentation: 7 }), point(30, { segmentation: 8 })]);
    assert.deepEqual(
      joined.map(({ step, losses }) => [step, losses.segmentation]),
      [
        [10, 1],
        [20, 7],
        [30, 8],
      ],
    );
    assert.deepEqual(joinPoints(before, []), before);
  });

  test('a loss that comes later has gaps before', () => {
    const curves = lossCurves([point(10, { segmentation: 2 }), point(20, { segmentation: 1, adversarial: 0.7 })]);
    assert.deepEqual(curves, [
      { name: 'segmentation', values: [2, 1] },
      { name: 'adversarial', values: [null, 0.7] },
    ]);
  });

  test('scores stand at the steps that were measured', () => {
    const { steps, curves } = scoreCurves(
      [point(10, {}), point(20, {}, 0.25), point(30, {}), point(40, {}, 0.5)],
      'evaluation',
    );
    assert.deepEqual(steps, [20, 40]);
    assert.deepEqual(
      curves.map(({ values }) => values),
      [
        [0.25, 0.5],
        [0.5, 1],
      ],
    );
  });

  test('scores on held-out pictures are curves of their own', () => {
    const heldOut = { mIoU: 0.5, pixelAccuracy: 0.75, perClass: [0.5] };
    const points = [point(10, {}, 0.25), { ...point(20, {}), heldOut }];
    assert.deepEqual(scoreCurves(points, 'evaluation').steps, [10]);
    const { steps, curves } = scoreCurves(points, 'heldOut');
    assert.deepEqual([steps, curves.map(({ values }) => values)], [[20], [[0.5], [0.75]]]);
  });
});
