import assert from 'node:assert/strict';
import { agreementOf } from '../agreement/agreement';
import { MaskDocument } from './maskDocument';
import { stateFromLabels } from '../files/maskFiles';
import { stateFromSegmentation, type Segmentation } from './segmentation';
import { background, type MaskState } from './maskState';
import { randomHierarchy, randomRegions, seeded } from '../testing/randomMasks';
import { uncertaintyOf } from './uncertainty';

/** Four columns of 2 pixels each that merge at the given levels: the left two, the right two, all. */
function columns(levels: [number, number, number], granularity: number): Segmentation {
  return {
    regions: { width: 4, height: 2, count: 4, ids: Uint16Array.of(0, 1, 2, 3, 0, 1, 2, 3) },
    granularity,
    run: null,
    hierarchy: {
      count: 4,
      left: Uint32Array.of(0, 2, 4),
      right: Uint32Array.of(1, 3, 5),
      levels: Float32Array.from(levels),
    },
  };
}
const uncertainty = (state: MaskState) => uncertaintyOf(new MaskDocument(state));
const close = (actual: number | null, expected: number) =>
  assert.ok(actual !== null && Math.abs(actual - expected) < 1e-6, `${actual}, not ${expected}`);

suite('The uncertainty of a mask', () => {
  test('by hand: halves that granularities 0.35 to 0.75 leave alone', () => {
    // 0.1 … 0.3: one region covers each half by 1/2. 0.4 … 0.7: the same halves. 0.8, 0.9: a column covers half of a
    // half.
    close(uncertainty(stateFromSegmentation(columns([0.75, 0.75, 0.35], 0.5))), 1 - (3 * 0.5 + 4 + 2 * 0.5) / 9);
  });

  test('is none where the slider changes nothing, and grows as levels come near to the granularity', () => {
    close(uncertainty(stateFromSegmentation(columns([0.95, 0.95, 0.05], 0.5))), 0);
    const values = [0.35, 0.25, 0.15].map(distance =>
      uncertainty(stateFromSegmentation(columns([0.5 + distance, 0.5 + distance, 0.5 - distance], 0.5)))!,
    );
    assert.ok(values[0] < values[1] && values[1] < values[2], String(values));
  });

  test('is that of the agreement of label maps at nine granularities, pins and background too', () => {
    for (let seed = 1; seed <= 10; seed++) {
      const random = seeded(seed);
      const regions = randomRegions(random, 24, 18, 30);
      const state: MaskState = {
        ...stateFromSegmentation({ regions, hierarchy: randomHierarchy(random, regions), granularity: 0.4, run: null }),
        pins: new Map([
          [3, background],
          [4, 5],
        ]),
      };
      // A truth's segments are its labels; the other's are made to be so by a map one pixel wide, which has every label
      // connected.
      const mapAt = (granularity: number) => new MaskDocument({ ...state, granularity }).labelMap();
      const own = mapAt(0.4);
      const mean = [1, 2, 3, 4, 5, 6, 7, 8, 9].reduce((sum, tenth) => {
        const other = mapAt(tenth / 10);
        const sorted = [...own.keys()].sort((a, b) => other[a] - other[b]);
        const line = (map: Uint16Array) => ({
          width: map.length,
          height: 1,
          labels: Uint16Array.from(sorted, p => map[p]),
        });
        return sum + agreementOf(line(other), line(own)).covering / 9;
      }, 0);
      close(uncertainty(state), 1 - mean);
    }
  });

  test('falls by what is made by hand', () => {
    const state = stateFromSegmentation(columns([0.75, 0.75, 0.35], 0.5));
    assert.ok(
      uncertainty({
        ...state,
        pins: new Map([
          [2, background],
          [3, background],
        ]),
      })! < uncertainty(state)!,
    );
  });

  test('is not known without a hierarchy, with one of classes, nor where all is made by hand', () => {
    const state = stateFromSegmentation(columns([0.75, 0.75, 0.35], 0.5));
    const record = {
      method: 'adapted',
      parameters: {},
      seed: 1,
      backend: 'cpu',
      granularity: 0.5,
      iterations: 0,
      stopped: false,
    };
    assert.equal(
      uncertainty(stateFromLabels({ width: 2, height: 1, labels: Uint16Array.of(1, 2), palette: null })),
      null,
    );
    assert.equal(uncertainty({ ...state, run: { ...record, classes: [{ name: 'road', colour: '#804080' }] } }), null);
    assert.equal(uncertainty({ ...state, pins: new Map([0, 1, 2, 3].map(region => [region, background])) }), null);
    assert.ok(uncertainty({ ...state, run: record }) !== null);
  });
});
