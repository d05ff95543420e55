import assert from 'node:assert/strict';
import { experimentSchema } from '../../experiment/experimentSchema';
import { predictionTensors } from './model';
import { predictionBudget } from './predictionBudget';
import { smallestTile } from './tilePlan';

const experiment = experimentSchema.parse({ source: {}, classes: 'camvid11', adaptation: { strategy: 'none' } });
const budget = (memory: number) => predictionBudget(memory, experiment, 11);

suite('The memory of a prediction', () => {
  test('of any size is in proportion to its pixels', () => {
    const [small, large] = [
      budget(3000).megabytesFor({ width: 64, height: 64 }),
      predictionTensors(experiment, 11, { width: 640, height: 480 }),
    ];
    const perPixel = (1.9 * large.live) / (640 * 480);
    const expected = 2 * large.state + perPixel * 64 * 64;
    assert.ok(Math.abs(small / expected - 1) < 0.001, `${small}, not ${expected}`);
  });

  test('keeps all networks, and the mean, within the limit; a run of one network within half of it', () => {
    for (const memory of [500, 3000, 20000]) {
      const { mostPixels, mostGridPixels, megabytesOfModels, megabytesFor } = budget(memory);
      const tile = megabytesFor({ width: mostPixels, height: 1 });
      assert.ok(tile <= (memory - 145) / 2 && tile > (memory - 145) / 2 - 1, `${tile} of ${memory}`);
      assert.ok(145 + megabytesOfModels + (mostGridPixels * 11 * 4) / 1e6 <= memory);
    }
  });

  test('within little memory has the smallest tiles all the same', () => {
    assert.equal(budget(0).mostPixels, smallestTile);
    assert.equal(budget(0).mostGridPixels, smallestTile);
  });
});
