import assert from 'node:assert/strict';
import { componentsOf, covers } from './connectivity';
import { below, flood, seeded, randomHierarchy, randomRegions, sides } from '../testing/randomMasks';
import { cut, granularityForCount, mergesAt } from './cut';
import { checkHierarchy, largerChildrenLeft, type Hierarchy } from './hierarchy';
import { areasOf, checkRegions, scanOrder, type RegionMap } from './regionMap';

const [width, height] = [24, 18];

suite('Connected components', () => {
  test('agree with flooding', () => {
    for (let seed = 1; seed <= 30; seed++) {
      const random = seeded(seed);
      const ids = Uint16Array.from({ length: width * height }, () => below(random, 2));
      const found = componentsOf({ width, height, count: 2, ids }, Uint8Array.of(0, 1));
      const expected = flood(
        [...ids].map(id => id === 1),
        width,
      );
      const sorted = (parts: number[][]) => parts.map(part => part.sort((a, b) => a - b).join()).sort();
      const pixels = found.map(({ runs }) => [...ids.keys()].filter(p => covers(runs, p)));
      assert.deepEqual(sorted(pixels), sorted(expected));
      assert.deepEqual(
        found.map(part => part.pixels),
        expected.map(part => part.length).sort((a, b) => b - a),
      );
    }
  });
});

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
    const turned = largerChildrenLeft(
      { ...sound(), right: Uint32Array.of(1, 2), levels: Float32Array.of(0.9, 0.4) },
      regions,
    );
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

const granularities = [0, 0.05, 0.1, 0.33, 0.5, 0.75, 0.95, 1];

/**
 * The regions merged at `granularity`, as sets, straight from the definition; each with the region of its largest part.
 */
function naiveCut({ count, left, right, levels }: Hierarchy, areas: Uint32Array, granularity: number) {
  const area = (set: number[]) => set.reduce((sum, id) => sum + areas[id], 0);
  const nodes = Array.from({ length: count }, (_, id) => ({ set: [id], stands: id, whole: true }));
  for (let k = 0; k < left.length; k++) {
    const [a, b] = [nodes[left[k]], nodes[right[k]]];
    const applied = levels[k] > granularity;
    nodes.push({ set: [...a.set, ...b.set], stands: (area(b.set) > area(a.set) ? b : a).stands, whole: applied });
    if (applied) a.whole = b.whole = false;
  }
  return nodes.filter(node => node.whole);
}

/** Number of connected areas of equal label. */
function floodCount({ width, height, ids }: RegionMap, labelOf: Uint16Array): number {
  const seen = new Uint8Array(ids.length);
  let found = 0;
  for (let start = 0; start < ids.length; start++) {
    if (seen[start]) continue;
    found++;
    seen[start] = 1;
    for (const open = [start]; open.length > 0;) {
      const p = open.pop()!;
      for (const q of sides(p, width, height)) {
        if (seen[q] || labelOf[ids[q]] !== labelOf[ids[p]]) continue;
        seen[q] = 1;
        open.push(q);
      }
    }
  }
  return found;
}

suite('Cutting a hierarchy', () => {
  test('agrees with merging sets one by one, and with flood-filling the label map', () => {
    const random = seeded(1);
    for (let round = 0; round < 20; round++) {
      const regions = randomRegions(random, 4 + below(random, 20), 3 + below(random, 20), 1 + below(random, 12));
      const areas = areasOf(regions);
      const plain = randomHierarchy(random, regions);
      const hierarchy = largerChildrenLeft(plain, regions);
      for (const granularity of granularities) {
        const got = cut(hierarchy, granularity);
        const groups = naiveCut(plain, areas, granularity);
        assert.equal(got.count, groups.length);
        for (const { set, stands } of groups) {
          const values = new Set(set.map(id => got.labelOf[id]));
          assert.equal(values.size, 1, 'a merged set has one label');
          assert.equal(got.representative[[...values][0] - 1], stands, 'and is named for its largest part');
        }
        assert.equal(floodCount(regions, got.labelOf), got.count);
      }
    }
  });

  test('gives one label at 0 and every region at 1, values from 1 without gaps', () => {
    const regions = randomRegions(seeded(2), 30, 30, 40);
    const hierarchy = randomHierarchy(seeded(3), regions);
    assert.equal(cut(hierarchy, 0).count, 1);
    const finest = cut(hierarchy, 1);
    assert.deepEqual(
      [...finest.labelOf],
      Array.from({ length: 40 }, (_, id) => id + 1),
    );
    assert.deepEqual(
      [...finest.representative],
      Array.from({ length: 40 }, (_, id) => id),
    );
  });

  test('of a single region is that region', () => {
    const single = { count: 1, left: new Uint32Array(), right: new Uint32Array(), levels: new Float32Array() };
    assert.deepEqual(cut(single, 0.5), { labelOf: Uint16Array.of(1), representative: Uint32Array.of(0), count: 1 });
    assert.equal(granularityForCount(single, 10), 1);
  });

  test('to a number of regions hits it, or the nearest there is between equal levels', () => {
    const random = seeded(4);
    for (let round = 0; round < 10; round++) {
      const regions = randomRegions(random, 24, 24, 30);
      const hierarchy = randomHierarchy(random, regions);
      const possible = new Set([...hierarchy.levels, 0, 1].map(level => cut(hierarchy, level).count));
      for (let wanted = 0; wanted <= 35; wanted++) {
        const got = cut(hierarchy, granularityForCount(hierarchy, wanted)).count;
        const nearest = Math.min(...[...possible].map(count => Math.abs(count - wanted)));
        assert.ok(possible.has(got));
        assert.equal(Math.abs(got - wanted), nearest, `${wanted} wanted, ${got} got`);
      }
    }
  });

  test('of 20,000 regions has one label for all that have merged, and one for each other', () => {
    const count = 20000;
    const hierarchy = {
      count,
      levels: Float32Array.from({ length: count - 1 }, (_, k) => 1 - k / count),
      left: Uint32Array.from({ length: count - 1 }, (_, k) => (k === 0 ? 0 : count + k - 1)),
      right: Uint32Array.from({ length: count - 1 }, (_, k) => k + 1),
    };
    for (let step = 0; step <= 20; step++) {
      const merges = mergesAt(hierarchy, step / 20);
      const { count: labels, labelOf } = cut(hierarchy, step / 20);
      assert.equal(labels, count - merges);
      assert.equal(new Set(labelOf.subarray(0, merges + 1)).size, 1);
      assert.equal(new Set(labelOf).size, labels);
    }
  });
});
