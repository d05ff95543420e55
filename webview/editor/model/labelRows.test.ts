import assert from 'node:assert/strict';
import { labelRows, visibleRows } from '../panels/labels/labelGrid';
import { Visibility } from './selection';

const labels = [
  ['Sky', 10],
  ['Grass', 30],
  ['grass, dry', 20],
  ['Road', 30],
].map(([name, area], at) => ({
  value: at + 1,
  name: String(name),
  area: Number(area),
  colour: '#000000',
  locked: false,
}));

suite('label list', () => {
  test('lists the largest first, and what the filter leaves', () => {
    assert.deepEqual(
      labelRows(labels, '').map(label => label.name),
      ['Grass', 'Road', 'grass, dry', 'Sky'],
    );
    assert.deepEqual(
      labelRows(labels, ' GRASS ').map(label => label.value),
      [2, 3],
    );
  });

  test('renders rows in sight alone', () => {
    assert.deepEqual(visibleRows(0, 260, 26, 2000), { first: 0, end: 14 });
    assert.deepEqual(visibleRows(26 * 100, 260, 26, 2000), { first: 96, end: 114 });
    assert.deepEqual(visibleRows(26 * 100, 260, 26, 5), { first: 5, end: 5 });
  });

  test('isolating shows one label, and then again what was shown', () => {
    const visibility = new Visibility().toggle(3).isolate(5);
    assert.deepEqual(
      [3, 4, 5].map(one => visibility.shows(one)),
      [false, false, true],
    );
    assert.deepEqual(
      [3, 4, 5].map(one => visibility.isolate(5).shows(one)),
      [false, true, true],
    );
    assert.equal(visibility.toggle(3).showsAll, true);
  });

  test('names of regions can change', () => {
    const moved = new Visibility(new Set([1, 2]), 2).map(one => (one === 1 ? null : one + 10));
    assert.deepEqual([...moved.hidden], [12]);
    assert.equal(moved.isolated, 12);
  });
});
