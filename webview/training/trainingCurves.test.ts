import assert from 'node:assert/strict';
import type { TrainingPoint } from '../../protocol/adapt';
import { joinPoints, lossCurves, scoreCurves } from './trainingCurves';

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
    const { steps, curves } = scoreCurves([point(10, {}), point(20, {}, 0.25), point(30, {}), point(40, {}, 0.5)]);
    assert.deepEqual(steps, [20, 40]);
    assert.deepEqual(
      curves.map(({ values }) => values),
      [
        [0.25, 0.5],
        [0.5, 1],
      ],
    );
  });
});
