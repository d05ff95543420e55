import assert from 'node:assert/strict';
import { patchBetween } from '../../../mask/regions/patch';
import { strokeRuns } from '../../../mask/regions/pixelRuns';
import { PendingStrokes } from '../regions/pendingStrokes';
import { EditQueue } from './editQueue';
import { Selection, Visibility } from './selection';

const map = () => ({
  width: 12,
  height: 9,
  count: 3,
  ids: Uint16Array.from({ length: 108 }, (_, p) => Math.floor((p % 12) / 4)),
});
const style = { colour: 0xff0000, group: 9, canCover: (region: number) => region !== 1 };

suite('Strokes before the host knows of them', () => {
  test('are drawn but where they may not, and leave no trace', () => {
    const strokes = new PendingStrokes(),
      regions = map();
    strokes.setMap(regions);
    const changed: number[] = [];
    strokes.changed.listen(area => changed.push(area.x, area.y, area.width, area.height));
    const stroke = strokes.begin(style);
    strokes.add(stroke, strokeRuns([2, 4, 10, 4], 2, regions));
    assert.deepEqual([...regions.ids.subarray(48, 60)], [0, 3, 3, 3, 1, 1, 1, 1, 3, 3, 3, 2]);
    assert.deepEqual(changed, [1, 3, 10, 2]);
    strokes.end(stroke);
    assert.deepEqual(regions.ids, map().ids);
    assert.equal(strokes.strokes.length, 0);
  });

  test('stay over the changes that the host tells meanwhile, and over each other', () => {
    const strokes = new PendingStrokes(),
      regions = map();
    strokes.setMap(regions);
    const [first, second] = [strokes.begin(style), strokes.begin({ ...style, group: 10 })];
    strokes.add(first, strokeRuns([1, 1, 1, 8], 2, regions));
    strokes.add(second, strokeRuns([0, 4, 4, 4], 2, regions));
    const host = map();
    host.ids.fill(3, 24, 36);
    strokes.patchBelow(4, patchBetween(map().ids, host.ids));
    assert.equal(regions.ids[4 * 12], 5, "the second, whose region comes after the map's four and the first's");
    assert.equal(regions.ids[2 * 12], 4);
    strokes.end(first);
    assert.deepEqual([regions.ids[2 * 12], regions.ids[4 * 12]], [3, 4]);
    strokes.end(second);
    assert.deepEqual(regions.ids, host.ids);
  });
});

suite('Asking for edits', () => {
  test('one at a time, each named when its turn has come', () => {
    const sent: unknown[] = [],
      done: string[] = [];
    const queue = new EditQueue(message => sent.push(message));
    let value = 1;
    for (const name of ['a', 'b'])
      queue.add({ request: () => ({ kind: 'rename', value, name }), onDone: () => done.push(name) });
    queue.add({ request: () => null, onDone: () => done.push('none') });
    assert.equal(sent.length, 1);
    value = 7;
    queue.handleAnswer(99);
    assert.equal(sent.length, 1, "another page's answer");
    queue.handleAnswer(1);
    assert.deepEqual(sent[1], { type: 'edit', edit: { kind: 'rename', value: 7, name: 'b' }, id: 2 });
    queue.handleAnswer(2);
    assert.deepEqual(done, ['a', 'b', 'none']);
  });
});

suite('The selection', () => {
  test('follows labels through an edit and back', () => {
    const selection = new Selection();
    selection.set([3, 5]);
    selection.follow(
      region => (region === 3 ? 40 : null),
      () => true,
    );
    assert.deepEqual(selection.representatives, [40, 5]);
    selection.follow(
      () => null,
      region => region < 40,
    );
    assert.deepEqual(selection.representatives, [3, 5]);
  });

  test('adds, takes away, and knows the last', () => {
    const selection = new Selection();
    selection.add([1, 2]);
    selection.toggle(1);
    selection.add([4]);
    assert.deepEqual([selection.representatives, selection.primary], [[2, 4], 4]);
  });
});

suite('The visibility of labels', () => {
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
