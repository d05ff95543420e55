import assert from 'node:assert/strict';
import type { MaskView } from '../../../protocol/editorPage';
import { groupingAt, groupingOf } from '../regions/grouping';
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
  const mask: MaskView = {
    granularity: 1,
    labelOf: Uint16Array.from(labels, label => label.value),
    labels,
    fixed: new Uint8Array(count),
    colours: new Uint8Array(3 * count),
  };
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
    labelling.previewGranularity(0);
    assert.equal(labelling.grouping?.count, 1);
    assert.equal(labelling.labelOfGroup(1), undefined);
    labelling.endPreview();
    assert.equal(labelling.grouping?.count, 2);
    assert.equal(labelling.labelOfGroup(1)?.name, '0');
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

/**
 * Four regions that merge as ((0, 1), 2), and a fifth, painted one that the hierarchy does not know; 3 stays by itself.
 */
const hierarchy = {
  count: 4,
  left: Uint32Array.of(0, 4, 5),
  right: Uint32Array.of(1, 2, 3),
  levels: Float32Array.of(0.9, 0.5, 0.1),
};
const label = (value: number, colour: string, representative: number) => ({
  value,
  name: `Region ${value}`,
  colour,
  locked: false,
  area: 1,
  representative,
});
const mask: MaskView = {
  granularity: 0.6,
  labelOf: Uint16Array.of(1, 1, 2, 3, 4),
  labels: [label(1, '#110000', 0), label(2, '#220000', 2), label(3, '#330000', 3), label(4, '#440000', 4)],
  fixed: Uint8Array.of(0, 0, 0, 0, 1),
  colours: Uint8Array.from([0x11, 0, 0, 0, 0, 0, 0x22, 0, 0, 0x33, 0, 0, 0x44, 0, 0]),
};

suite('grouping of regions', () => {
  test('of a mask: its labels, colours and representatives', () => {
    const grouping = groupingOf(mask);
    assert.deepEqual([...grouping.groupOf], [1, 1, 2, 3, 4]);
    assert.equal(grouping.count, 4);
    assert.equal(grouping.colours[4], 0x440000);
    assert.deepEqual([...grouping.representative].slice(1), [0, 2, 3, 4]);
  });

  test('values that no label lists are background', () => {
    assert.deepEqual([...groupingOf({ ...mask, labels: mask.labels.slice(0, 2) }).groupOf], [1, 1, 2, 0, 0]);
  });

  test('at another granularity regions merge, and painted ones stay', () => {
    const { groupOf, count, representative, colours } = groupingAt(hierarchy, 0.3, mask);
    assert.equal(count, 3);
    assert.equal(groupOf[0], groupOf[2]);
    assert.equal(new Set(groupOf).size, 3);
    assert.deepEqual(
      [0, 3, 4].map(region => representative[groupOf[region]!]),
      [0, 3, 4],
    );
    assert.deepEqual(
      [0, 3, 4].map(region => colours[groupOf[region]!]),
      [0x110000, 0x330000, 0x440000],
    );
  });

  test("takes the host's colours for labels that are not there yet", () => {
    const { groupOf, colours } = groupingAt(hierarchy, 1, {
      ...mask,
      colours: Uint8Array.from({ length: 15 }, (_, i) => i),
    });
    assert.deepEqual(
      [0, 1, 2, 3].map(region => colours[groupOf[region]!]),
      [0x000102, 0x030405, 0x060708, 0x090a0b],
    );
  });
});
