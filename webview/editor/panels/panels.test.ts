import assert from 'node:assert/strict';
import { runText } from './bars/runBar';
import { keyAction, moved } from './labels/labelActions';

suite('panels', () => {
  test('arrow keys move within the grid and stop at its ends', () => {
    const at = { index: 5, cell: 'name' as const };
    assert.deepEqual(moved('ArrowDown', at, 10, 4), { index: 6, cell: 'name' });
    assert.deepEqual(moved('PageDown', at, 8, 4), { index: 7, cell: 'name' });
    assert.deepEqual(moved('Home', at, 10, 4), { index: 0, cell: 'name' });
    assert.deepEqual(moved('ArrowLeft', at, 10, 4), { index: 5, cell: 'colour' });
    assert.deepEqual(moved('ArrowLeft', { index: 5, cell: 'colour' }, 10, 4), { index: 5, cell: 'colour' });
    assert.equal(moved('x', at, 10, 4), null);
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
    assert.equal(runText(run), 'Preparing');
    assert.equal(
      runText({ ...run, iteration: 3, regions: 1, loss: 0.41234 }),
      'Iteration 3 of 14 · 1 region · loss 0.412',
    );
    assert.equal(runText({ ...run, iteration: 3, message: 'reduced to 0.5' }), 'Iteration 3 of 14 · reduced to 0.5');
  });
});
