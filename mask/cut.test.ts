import assert from 'node:assert/strict';
import { cut, cutToCount } from './cut';
import { orient, type Hierarchy } from './hierarchy';
import { areasOf, type RegionMap } from './regions';
import { below, randomHierarchy, randomRegions, seeded, sides } from './testing';

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
      const hierarchy = orient(plain, regions);
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
    assert.equal(cutToCount(single, 10), 1);
  });

  test('to a number of regions hits it, or the nearest there is between equal levels', () => {
    const random = seeded(4);
    for (let round = 0; round < 10; round++) {
      const regions = randomRegions(random, 24, 24, 30);
      const hierarchy = randomHierarchy(random, regions);
      const possible = new Set([...hierarchy.levels, 0, 1].map(level => cut(hierarchy, level).count));
      for (let wanted = 0; wanted <= 35; wanted++) {
        const got = cut(hierarchy, cutToCount(hierarchy, wanted)).count;
        const nearest = Math.min(...[...possible].map(count => Math.abs(count - wanted)));
        assert.ok(possible.has(got));
        assert.equal(Math.abs(got - wanted), nearest, `${wanted} wanted, ${got} got`);
      }
    }
  });

  test('of 20,000 regions takes a few milliseconds at most', () => {
    const count = 20000;
    const hierarchy = {
      count,
      levels: Float32Array.from({ length: count - 1 }, (_, k) => 1 - k / count),
      left: Uint32Array.from({ length: count - 1 }, (_, k) => (k === 0 ? 0 : count + k - 1)),
      right: Uint32Array.from({ length: count - 1 }, (_, k) => k + 1),
    };
    const times = Array.from({ length: 21 }, (_, i) => {
      const start = performance.now();
      cut(hierarchy, i / 20);
      return performance.now() - start;
    });
    assert.ok(times.sort((a, b) => a - b)[10] < 8, `median ${times[10]} ms`);
  });
});
