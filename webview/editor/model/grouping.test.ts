import assert from 'node:assert/strict';
import type { MaskView } from '../../../protocol/editor';
import { groupingAt, groupingOf } from './grouping';

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
      [0, 3, 4].map(region => representative[groupOf[region]]),
      [0, 3, 4],
    );
    assert.deepEqual(
      [0, 3, 4].map(region => colours[groupOf[region]]),
      [0x110000, 0x330000, 0x440000],
    );
  });

  test("takes the host's colours for labels that are not there yet", () => {
    const { groupOf, colours } = groupingAt(hierarchy, 1, {
      ...mask,
      colours: Uint8Array.from({ length: 15 }, (_, i) => i),
    });
    assert.deepEqual(
      [0, 1, 2, 3].map(region => colours[groupOf[region]]),
      [0x000102, 0x030405, 0x060708, 0x090a0b],
    );
  });
});
