import assert from 'node:assert/strict';
import type { MaskView } from '../../../protocol/editor';
import { Labelling } from './labelling';

/** A row of regions, each a label of its own. */
function row(count: number, width: number) {
  const ids = Uint16Array.from({ length: width }, (_, x) => Math.floor((x * count) / width));
  const labels = Array.from({ length: count }, (_, at) => ({
    value: at + 1,
    name: `${at}`,
    colour: '#123456',
    locked: false,
    area: 1,
    representative: at,
  }));
  const mask: MaskView = { granularity: 1, labelOf: Uint16Array.from(labels, label => label.value), labels };
  return { regions: { width, height: 1, count, ids }, mask };
}

function opened(): Labelling {
  const labelling = new Labelling();
  const { regions, mask } = row(2, 8);
  labelling.setRegions(regions);
  labelling.setMask(mask);
  return labelling;
}

suite('labels on the page', () => {
  test('new regions are shown only with their mask', () => {
    const labelling = opened();
    labelling.setRegions(row(4, 8).regions);
    assert.equal(labelling.regions?.count, 2);
    labelling.setMask(row(4, 8).mask);
    assert.equal(labelling.regions?.count, 4);
    assert.equal(labelling.groupAt(0.9, 0.5), 4);
  });

  test('what is hidden and picked stays in its place when the regions are others', () => {
    const labelling = opened();
    labelling.select([1]);
    labelling.setVisibility(labelling.visibility.toggle(0));
    const next = row(4, 16);
    labelling.setRegions(next.regions);
    labelling.setMask(next.mask);
    assert.deepEqual([...labelling.selectedGroups], [4], "the second half's middle lies in the last quarter");
    assert.deepEqual([...labelling.visibility.hidden], [1]);
  });

  test("a slide follows the hierarchy and ends with the host's answer", () => {
    const labelling = opened();
    labelling.setHierarchy(
      { count: 2, left: Uint32Array.of(0), right: Uint32Array.of(1), levels: Float32Array.of(0.5) },
      undefined,
    );
    labelling.slide(0);
    assert.equal(labelling.grouping?.count, 1);
    assert.equal(labelling.labelOf(1), undefined);
    labelling.endSlide();
    assert.equal(labelling.grouping?.count, 2);
    assert.equal(labelling.labelOf(1)?.name, '0');
  });

  test('a mask that does not fit its regions is not shown, nor an absent one', () => {
    const labelling = opened();
    labelling.setMask(row(3, 8).mask);
    assert.equal(labelling.grouping, null);
    labelling.setMask(row(2, 8).mask);
    assert.equal(labelling.groupAt(0, 0), 1);
    labelling.setMask(null);
    assert.equal(labelling.groupAt(0, 0), 0);
  });
});
