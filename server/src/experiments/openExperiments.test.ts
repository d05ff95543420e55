import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { trainingRunLenses } from './trainingRunLenses';
import type { TrainingRun } from '../../../protocol/trainingRun';
import { FolderWatch } from './folderWatch';

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

suite('Watched folders', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'labelless-watch-'));
  const images = path.join(folder, 'images');
  let clock = 1000;
  /** Times of files are coarser than a test is quick. */
  const touch = (place: string) => {
    utimesSync(place, ++clock, clock);
  };
  suiteSetup(() => {
    mkdirSync(path.join(images, 'town'), { recursive: true });
  });
  suiteTeardown(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('tell of files that come and go, below too, and of nothing else', async () => {
    const watch = new FolderWatch();
    const look = () => watch.signature([images, path.join(folder, 'missing')]);
    const seen = [await look(), await look()];
    assert.equal(seen[0], seen[1]);
    writeFileSync(path.join(images, 'town', 'a.png'), '');
    touch(path.join(images, 'town'));
    seen.push(await look());
    mkdirSync(path.join(folder, 'missing'));
    seen.push(await look());
    mkdirSync(path.join(images, 'other'));
    touch(images);
    seen.push(await look());
    touch(path.join(images, 'other'));
    seen.push(await look());
    assert.equal(new Set(seen).size, 5);
  });

  test('leave out what is excepted', async () => {
    const watch = new FolderWatch();
    const look = () => watch.signature([images], path.join(images, 'town'));
    const before = await look();
    touch(path.join(images, 'town'));
    assert.equal(await look(), before);
  });
});
