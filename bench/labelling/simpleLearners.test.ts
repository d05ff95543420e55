import assert from 'node:assert/strict';
import { labellingTable, type RowResult } from './labellingTable';
import { nearestMeanColour } from './simpleLearners';

const picture = (...greys: number[]) => ({
  width: greys.length,
  height: 1,
  rgb: Uint8Array.from(greys.flatMap(grey => [grey, grey, grey])),
});

suite('what few labels teach', () => {
  test('the nearest mean colour is that of the labelled pixels, over all pictures', async () => {
    const labelled = [
      { picture: picture(0, 40, 250), labels: Uint8Array.of(4, 4, 255) },
      { picture: picture(200, 220), labels: Uint8Array.of(7, 7) },
    ];
    const { classes } = await nearestMeanColour(labelled, [picture(10, 90, 150, 255)]);
    assert.deepEqual([...classes[0]], [4, 4, 7, 7]);
  });

  test('a row has the means of its trials, their range, and its classes in the last form that it has', () => {
    const result = (one: number, proposal: number, sky: number | null): RowResult => ({
      scores: {
        'one prediction': { mIoU: one, pixelAccuracy: 1, perClass: [0, 0] },
        proposals: { mIoU: proposal, pixelAccuracy: 1, perClass: [sky, null] },
      },
      seconds: 60,
    });
    const rows = new Map([
      ['network', [result(0.4, 0.5, 0.8), result(0.6, 0.52, null)]],
      ['never', []],
    ]);
    assert.deepEqual(labellingTable(rows, ['sky', 'car']).split('\n').slice(2), [
      '| network | 0.500 (0.400 … 0.600) | – | 0.510 (0.500 … 0.520) | 60 | 2 | 0.80 | – |',
      '| never | – | – | – |  | 0 | – | – |',
    ]);
  });
});
