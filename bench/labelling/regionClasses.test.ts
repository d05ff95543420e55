import assert from 'node:assert/strict';
import { bestLabelling, labellings, LabellingCurve } from './labellingCurve';
import { correctingClicks, labelRegions, regionsAt } from './regionClasses';
import { labelNodes, nodesToLabel } from './wheelLabels';

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

  test('with the wheel, nodes of the size that pays, and none without a truth', () => {
    const taken = (price: number) => nodesToLabel(cuttable, truth, price);
    assert.deepEqual(taken(0.5), [
      { node: 4, index: 0 },
      { node: 5, index: 2 },
    ]);
    assert.deepEqual(taken(4), [{ node: 6, index: 0 }], 'two wrong pixels are cheaper than a click');
    const { classes, clicks } = labelNodes(cuttable, truth, 0.5);
    assert.deepEqual([[...classes], clicks], [[0, 0, 0, 0, 2, 2, 2, 2], 2]);
    const apart = Uint8Array.of(0, 0, 1, 1, 255, 255, 255, 255);
    const labels = labelNodes(cuttable, apart, 0.5);
    assert.deepEqual([[...labels.classes], labels.clicks], [[0, 0, 1, 1, 255, 255, 255, 255], 2]);
  });

  test('the way is that of the best labels, less the price of their clicks', () => {
    const curve = new LabellingCurve(3, labellings.cut);
    curve.add(cuttable, truth);
    curve.add(cuttable, truth);
    const points = curve.points();
    const at = (granularity: number) =>
      points.find(({ labelling }) => 'granularity' in labelling && labelling.granularity === granularity)!;
    const { labelling, ...rest } = at(1);
    assert.deepEqual(rest, { mIoU: (3 / 4 + 0 + 1) / 3, purity: 5 / 6, clicks: 3 });
    assert.deepEqual([at(0.1).mIoU, at(0.1).purity, at(0.1).clicks], [0.5 / 3, 0.5, 1]);
    assert.deepEqual(bestLabelling(points), { granularity: 0.15 }, 'two regions are as good as four');
    const worth = (mIoU: number, clicks: number) => ({ labelling, purity: 1, mIoU, clicks });
    const wheel = { ...worth(0.7, 80), labelling: { priceOfClick: 40 } };
    assert.deepEqual(bestLabelling([worth(0.4, 30), wheel, worth(0.75, 300)]), { priceOfClick: 40 });
  });
});
