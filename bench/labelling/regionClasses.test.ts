import assert from 'node:assert/strict';
import { bestGranularity, GranularityCurve } from './granularityCurve';
import { correctingClicks, labelRegions, regionsAt } from './regionClasses';

/** Four regions of a row of two pixels each, which merge in pairs. */
const cuttable = {
  regions: { width: 8, height: 1, count: 4, ids: Uint16Array.of(0, 0, 1, 1, 2, 2, 3, 3) },
  hierarchy: {
    count: 4,
    left: Uint32Array.of(0, 2, 4),
    right: Uint32Array.of(1, 3, 5),
    levels: Float32Array.of(0.875, 0.75, 0.125),
  },
};
const truth = Uint8Array.of(0, 0, 0, 1, 2, 2, 255, 255);

suite('a simulated person labels regions', () => {
  test('each with the class that most of its truth has, the first of equally common ones, a click each', () => {
    const { classes, clicks } = labelRegions(regionsAt(cuttable, 1), truth);
    assert.deepEqual([...classes], [0, 0, 0, 0, 2, 2, 255, 255]);
    assert.equal(clicks, 3, 'nothing is known of the last region');
  });

  test('a coarser cut takes fewer clicks, and gives what has no truth the class of its region', () => {
    const { classes, clicks } = labelRegions(regionsAt(cuttable, 0.5), truth);
    assert.deepEqual([...classes], [0, 0, 0, 0, 2, 2, 2, 2]);
    assert.equal(clicks, 2);
  });

  test('a proposal costs a click for each region with a truth whose commonest class is wrong', () => {
    const cutRegions = regionsAt(cuttable, 1);
    assert.equal(correctingClicks(cutRegions, truth, Uint8Array.of(0, 1, 0, 0, 2, 2, 1, 1)), 0);
    assert.equal(correctingClicks(cutRegions, truth, Uint8Array.of(1, 1, 0, 0, 0, 0, 1, 1)), 2);
    assert.equal(correctingClicks(cutRegions, truth, new Uint8Array(8).fill(255)), 3, 'no proposal at all');
  });

  test('the granularity is that of the best labels, less the price of their clicks', () => {
    const curve = new GranularityCurve(3);
    curve.add(cuttable, truth);
    curve.add(cuttable, truth);
    const at = (granularity: number) => curve.points().find(point => point.granularity === granularity)!;
    assert.deepEqual(at(1), { granularity: 1, mIoU: (3 / 4 + 0 + 1) / 3, purity: 5 / 6, clicks: 3 });
    assert.deepEqual(at(0.1), { granularity: 0.1, mIoU: 0.5 / 3, purity: 0.5, clicks: 1 });
    assert.equal(bestGranularity(curve.points()), 0.15, 'two regions are as good as four');
    const points = [
      { granularity: 0.5, mIoU: 0.4, purity: 0.8, clicks: 30 },
      { granularity: 0.9, mIoU: 0.7, purity: 0.9, clicks: 200 },
      { granularity: 1, mIoU: 0.75, purity: 0.95, clicks: 300 },
    ];
    assert.equal(bestGranularity(points), 0.9);
  });
});
