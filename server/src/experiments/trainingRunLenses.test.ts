import assert from 'node:assert/strict';
import { trainingRunLenses } from './trainingRunLenses';
import type { TrainingRun } from '../../../protocol/trainingRun';

suite('Lenses of experiments', () => {
  const titles = (run: Partial<TrainingRun> | undefined) =>
    trainingRunLenses(
      'file:///x.adapt.json',
      '/runs/x',
      run && { folder: '/runs/x', name: 'x', state: 'stopped', step: 500, steps: 3000, ...run },
    ).map(({ command }) => command!.title);

  test("offer what the run's state allows, with its last score", () => {
    assert.deepEqual(titles(undefined), ['▶ Train']);
    assert.deepEqual(titles({ state: 'running', mIoU: 0.3125 }), ['Open Run: training, step 500 of 3000 · mIoU 0.313']);
    assert.deepEqual(titles({ state: 'paused' }), ['Open Run: paused, step 500 of 3000']);
    assert.deepEqual(titles({ state: 'stopped', checkpoint: 500 }), [
      '▶ Resume at step 500 of 3000',
      'Train Again',
      'Evaluate',
      'Open Run',
    ]);
    assert.deepEqual(titles({ state: 'finished', checkpoint: 3000, mIoU: 0.4 }), [
      '▶ Train Again',
      'Evaluate',
      'Open Run · mIoU 0.400',
    ]);
    assert.deepEqual(titles({ state: 'failed' }), ['▶ Resume at step 500 of 3000', 'Train Again', 'Open Run: failed']);
  });

  test("name file and run to the client's command", () => {
    const [{ command, range }] = trainingRunLenses('file:///x.adapt.json', '/runs/x', undefined);
    assert.deepEqual(command, {
      command: 'labelless.trainExperiment',
      title: '▶ Train',
      arguments: ['file:///x.adapt.json', 'file:///runs/x'],
    });
    assert.equal(range.start.line, 0);
  });
});
