import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { MaskDocument } from './maskDocument';
import { MaskHistory, type Snapshot } from './maskHistory';
import { paint } from './labelEdits';
import { applyPatch, patchBetween, invertPatch } from '../regions/patch';
import { strokeRuns } from '../regions/pixelRuns';
import { stateFromSegmentation } from './segmentation';
import type { MaskState } from './maskState';
import { below, randomResult, seeded } from '../testing/randomMasks';

suite('Differences between maps', () => {
  test('lead there and back', () => {
    const random = seeded(1);
    for (const length of [1, 2, 3, 64, 501, 4000]) {
      // also at odd places in memory
      const from = Uint16Array.from({ length: length + 1 }, () => below(random, 3)).subarray(length % 2);
      const to = from.map(id => (random() < 0.2 ? below(random, 60000) : id));
      const patch = patchBetween(from, to);
      const walked = from.slice();
      applyPatch(walked, patch);
      assert.deepEqual(walked, to);
      applyPatch(walked, invertPatch(patch));
      assert.deepEqual(walked, Uint16Array.from(from));
    }
  });

  test('are as small as what changed', () => {
    const from = new Uint16Array(10000);
    const to = from.slice().fill(7, 100, 900).fill(8, 901, 903);
    assert.deepEqual([...patchBetween(from, to).starts], [100, 901]);
    assert.equal(patchBetween(from, from).starts.length, 0);
  });
});

suite('The history of a mask', () => {
  test('brings back any state, in any order, also of another size and after another reading', () => {
    const random = seeded(5);
    for (let round = 0; round < 10; round++) {
      const history = new MaskHistory();
      const kept: { snapshot: Snapshot; state: MaskState }[] = [];
      let state = stateFromSegmentation(randomResult(random, 24, 18, 20));
      for (let step = 0; step < 40; step++) {
        const kind = below(random, 6);
        if (kind === 0) state = stateFromSegmentation(randomResult(random, below(random, 2) === 0 ? 24 : 12, 18, 20));
        else if (kind === 1 && kept.length > 0) state = history.recall(kept[below(random, kept.length)].snapshot).state;
        else
          state =
            paint(new MaskDocument(state), strokeRuns([random() * 24, random() * 18], 5, state.regions), 'new') ??
            state;
        kept.push({
          snapshot: history.remember(state).snapshot,
          state: { ...state, regions: { ...state.regions, ids: state.regions.ids.slice() } },
        });
      }
      for (let step = 0; step < 40; step++) {
        const { snapshot, state: wanted } = kept[below(random, kept.length)];
        assert.deepEqual(history.recall(snapshot).state, wanted);
      }
    }
  });

  test('says how a map came from the one before, by edits, undoing and jumps', () => {
    const random = seeded(6);
    const history = new MaskHistory();
    let state = stateFromSegmentation(randomResult(random, 24, 18, 20));
    const snapshots = [history.remember(state).snapshot];
    assert.equal(history.remember(state).change, null);
    for (let step = 0; step < 60; step++) {
      const before = state;
      const edited = paint(
        new MaskDocument(state),
        strokeRuns([random() * 24, random() * 18], 5, state.regions),
        'new',
      );
      const remembered = step % 3 > 0 && edited ? history.remember(edited) : null;
      const recalled = remembered ? null : history.recall(snapshots[below(random, snapshots.length)]);
      state = recalled?.state ?? edited!;
      if (remembered) snapshots.push(remembered.snapshot);
      const { change } = (remembered ?? recalled)!;
      if (state.regions === before.regions) assert.equal(change, null);
      else {
        assert.ok(change?.from === before.regions && change.to === state.regions);
        const ids = before.regions.ids.slice();
        applyPatch(ids, change.patch);
        assert.deepEqual(ids, state.regions.ids);
        assert.ok(change.patch.after.every(id => id < state.regions.count));
      }
    }
    assert.equal(history.remember(stateFromSegmentation(randomResult(random, 12, 18, 20))).change, null);
  });

  test('of 100 strokes on 24 megapixels costs a small part of one map', async function () {
    this.timeout(120_000);
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const memory = async (): Promise<number> => {
      for (let i = 0; i < 3; i++) {
        collect();
        await new Promise(done => {
          setTimeout(done, 50);
        }); // memory is given back in a thread of its own
      }
      return process.memoryUsage().arrayBuffers;
    };
    const history = new MaskHistory();
    const snapshots = [history.remember(large()).snapshot];
    const before = await memory();
    for (let stroke = 0; stroke < 100; stroke++)
      snapshots.push(history.remember(stroked(history.recall(snapshots[stroke]).state, stroke)).snapshot);
    const grown = (await memory()) - before;
    console.log(`      100 strokes grow the memory by ${(grown / 1e6).toFixed(1)} MB; a map is 48 MB`);
    assert.ok(grown < 24e6, `${grown} bytes`);
    assert.deepEqual(history.recall(snapshots[0]).state, large());
  });
});

/** A mask of 24 megapixels. */
function large(): MaskState {
  const [width, height] = [6000, 4000];
  const ids = new Uint16Array(width * height);
  for (let p = 0; p < ids.length; p++) ids[p] = Math.floor(p / width / 500) * 12 + Math.floor((p % width) / 500);
  return {
    regions: { width, height, count: 96, ids },
    hierarchy: null,
    granularity: 1,
    run: null,
    colours: new Uint8Array(96),
    pins: new Map(),
    properties: new Map(),
    values: new Map(),
  };
}

/** The mask with a brush stroke of a new region. */
function stroked(state: MaskState, stroke: number): MaskState {
  const { regions } = state;
  const [x, y] = [(stroke * 577) % regions.width, (stroke * 331) % regions.height];
  const ids = regions.ids.slice();
  const runs = strokeRuns([x, y, x + 400, y + 300, x - 200, y + 500], 80, regions);
  for (let i = 0; i < runs.length; i += 2) ids.fill(regions.count, runs[i], runs[i] + runs[i + 1]);
  return { ...state, regions: { ...regions, count: regions.count + 1, ids } };
}
