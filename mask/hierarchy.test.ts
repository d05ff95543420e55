import assert from 'node:assert/strict';
import { checkHierarchy, orient, type Hierarchy } from './hierarchy';
import { areasOf, checkRegions, scanOrder } from './regions';
import { randomHierarchy, randomRegions, seeded } from './testing';

const sound = (): Hierarchy => ({
  count: 3,
  left: Uint32Array.of(0, 3),
  right: Uint32Array.of(1, 2),
  levels: Float32Array.of(0.9, 0.4),
});

suite('Hierarchies from outside', () => {
  test('are accepted when they are trees', () => {
    checkHierarchy(sound());
    const regions = randomRegions(seeded(1), 20, 20, 30);
    checkHierarchy(randomHierarchy(seeded(2), regions));
  });

  const broken: [string, Partial<Hierarchy>, RegExp][] = [
    ['no regions', { count: 0 }, /not possible/],
    ['a fractional count', { count: 2.5 }, /not possible/],
    ['70,000 regions', { count: 70000 }, /more than the 65535/],
    ['a merge too few', { left: Uint32Array.of(0) }, /needs 2 merges/],
    ['a node that is merged twice', { right: Uint32Array.of(1, 1) }, /second time/],
    ['a node merged with itself', { left: Uint32Array.of(1, 3) }, /second time/],
    ['a node that comes later', { left: Uint32Array.of(4, 3) }, /does not exist yet/],
    ['a level of 0', { levels: Float32Array.of(0.5, 0) }, /not in \(0, 1\]/],
    ['a level above 1', { levels: Float32Array.of(1.5, 0.5) }, /not in \(0, 1\]/],
    ['a level that is no number', { levels: Float32Array.of(NaN, 0.5) }, /not in \(0, 1\]/],
    ['rising levels', { levels: Float32Array.of(0.4, 0.9) }, /above the one before/],
  ];
  for (const [what, change, message] of broken) {
    test(`are refused with ${what}`, () => assert.throws(() => checkHierarchy({ ...sound(), ...change }), message));
  }

  test('are turned so that the larger child is on the left', () => {
    const regions = { width: 6, height: 1, count: 3, ids: Uint16Array.of(0, 1, 1, 2, 2, 2) };
    const turned = orient({ ...sound(), right: Uint32Array.of(1, 2), levels: Float32Array.of(0.9, 0.4) }, regions);
    assert.deepEqual([...turned.left], [1, 3], 'equal children stay');
    assert.deepEqual([...turned.right], [0, 2]);
  });
});

suite('Region maps', () => {
  test('are measured: areas, and order by first pixel', () => {
    const regions = { width: 3, height: 2, count: 4, ids: Uint16Array.of(2, 2, 0, 2, 3, 0) };
    assert.deepEqual([...areasOf(regions)], [2, 0, 3, 1]);
    assert.deepEqual([...scanOrder(regions)], [2, 0, 3], 'without the one that has no pixel');
  });

  test('from outside are checked', () => {
    const map = { width: 2, height: 1, count: 2, ids: Uint16Array.of(0, 1) };
    checkRegions(map);
    assert.throws(() => checkRegions({ ...map, width: 3 }), /needs 3/);
    assert.throws(() => checkRegions({ ...map, width: 0, height: 0 }), /not possible/);
    assert.throws(() => checkRegions({ ...map, count: 1 }), /names region 1, but has 1/);
    assert.throws(() => checkRegions({ ...map, count: 70000 }), /more than the 65535/);
  });
});
