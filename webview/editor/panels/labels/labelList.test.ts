import assert from 'node:assert/strict';
import { filterLabels, visibleRows } from './labelGrid';
import { keyAction, nextCell } from './labelActions';
import { segmentationProgress } from '../segmentationNotices';

suite('panels', () => {
  test('arrow keys move within the grid and stop at its ends', () => {
    const at = { index: 5, cell: 'name' as const };
    assert.deepEqual(nextCell('ArrowDown', at, 10, 4), { index: 6, cell: 'name' });
    assert.deepEqual(nextCell('PageDown', at, 8, 4), { index: 7, cell: 'name' });
    assert.deepEqual(nextCell('Home', at, 10, 4), { index: 0, cell: 'name' });
    assert.deepEqual(nextCell('ArrowLeft', at, 10, 4), { index: 5, cell: 'colour' });
    assert.deepEqual(nextCell('ArrowLeft', { index: 5, cell: 'colour' }, 10, 4), { index: 5, cell: 'colour' });
    assert.equal(nextCell('x', at, 10, 4), null);
  });

  test('keys act on the label, Enter on the cell', () => {
    assert.equal(keyAction('enter', 'name'), 'rename');
    assert.equal(keyAction('enter', 'lock'), 'toggleLock');
    assert.equal(keyAction('h', 'name'), 'toggleShown');
    assert.equal(keyAction('f5', 'name'), null);
    assert.equal(keyAction('j', 'name'), null, 'merging is not of one label');
  });

  test('a run says how far it is', () => {
    const run = { state: 'running' as const, iteration: 0, iterations: 14, labels: 0, regions: 0, loss: null };
    assert.equal(segmentationProgress(run), 'Preparing');
    assert.equal(
      segmentationProgress({ ...run, iteration: 3, regions: 1, loss: 0.41234 }),
      'Iteration 3 of 14 · 1 region · loss 0.412',
    );
    assert.equal(segmentationProgress({ ...run, iteration: 3 }), 'Iteration 3 of 14');
  });
});

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
  representative: at,
}));

suite('label list', () => {
  test('lists the largest first, and what the filter leaves', () => {
    assert.deepEqual(
      filterLabels(labels, '').map(label => label.name),
      ['Grass', 'Road', 'grass, dry', 'Sky'],
    );
    assert.deepEqual(
      filterLabels(labels, ' GRASS ').map(label => label.value),
      [2, 3],
    );
  });

  test('renders rows in sight alone', () => {
    assert.deepEqual(visibleRows(0, 260, 26, 2000), { first: 0, end: 14 });
    assert.deepEqual(visibleRows(26 * 100, 260, 26, 2000), { first: 96, end: 114 });
    assert.deepEqual(visibleRows(26 * 100, 260, 26, 5), { first: 5, end: 5 });
  });
});
