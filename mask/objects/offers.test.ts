import assert from 'node:assert/strict';
import { leavesOf } from '../regions/hierarchy';
import { below, randomHierarchy, randomRegions, seeded, sides } from '../testing/randomMasks';
import { nodeTreeOf } from './nodeTree';
import { nodesOfRegions, offersAt } from './offers';
import { proposedOffer } from './proposedOffer';
import { RegionSet } from './regionSet';

suite('what a click at a place can take', () => {
  const random = seeded(17);
  const regions = randomRegions(random, 40, 30, 60);
  const hierarchy = randomHierarchy(random, regions);
  const tree = nodeTreeOf(hierarchy, regions);

  test('has the size, the border and the share of the edge that counting side by side finds', () => {
    const set = new RegionSet(tree);
    for (let change = 0; change < 60; change++) {
      const region = below(random, 60);
      if (set.has(region)) set.delete(region);
      else assert.ok(set.add(region));
      let [area, length, distinct, frame] = [0, 0, 0, 0];
      for (const p of regions.ids.keys()) {
        if (!set.has(regions.ids[p])) continue;
        area++;
        frame += 4 - sides(p, 40, 30).length;
        for (const q of sides(p, 40, 30)) {
          if (set.has(regions.ids[q])) continue;
          length++;
          let node = regions.ids[p];
          while (!leavesOf(hierarchy, node).includes(regions.ids[q])) node = tree.parents[node];
          distinct += 1 - hierarchy.levels[node - 60];
        }
      }
      assert.equal(set.area, area);
      assert.ok(Math.abs(set.contrast - (length === 0 ? 0 : distinct / length)) < 1e-5);
      assert.ok(Math.abs(set.frame - frame / 140) < 1e-5);
    }
  });

  test('is in order of size the nodes with its region, or what can hardly be told from them, and other sets', () => {
    for (let region = 0; region < 60; region++) {
      const offers = offersAt(tree, region);
      assert.equal(offers.at(-1)!.area, 1200);
      offers.forEach((offer, k) => {
        assert.ok(offer.regions.includes(region));
        assert.ok(k === 0 || offer.area >= offers[k - 1].area);
        const nodes = nodesOfRegions(tree, offer.regions);
        assert.deepEqual(nodes.flatMap(node => leavesOf(hierarchy, node)).sort(), [...offer.regions].sort());
      });
      for (let node = region; node >= 0; node = tree.parents[node]) {
        const leaves = new Set(leavesOf(hierarchy, node));
        const differences = offers.map(offer => {
          const shared = offer.regions.reduce((sum, one) => sum + (leaves.has(one) ? tree.areas[one] : 0), 0);
          return (offer.area + tree.areas[node] - 2 * shared) / Math.max(offer.area, tree.areas[node]);
        });
        assert.ok(Math.min(...differences) < 0.02, 'this node, or nearly this one, is offered');
      }
    }
  });

  test('leaves out what differs too little to be seen, also what has no pixels', () => {
    // Regions 0 … 3 with 100, 1, 0 and 99 pixels merge one after the other.
    const ids = Uint16Array.from({ length: 200 }, (_, p) => (p < 100 ? 0 : p === 100 ? 1 : 3));
    const chained = nodeTreeOf(
      {
        count: 4,
        left: Uint32Array.of(0, 4, 5),
        right: Uint32Array.of(1, 2, 3),
        levels: Float32Array.of(0.9, 0.8, 0.7),
      },
      { width: 20, height: 10, count: 5, ids },
    );
    assert.deepEqual(
      offersAt(chained, 0).map(({ area }) => area),
      [101, 200],
    );
  });

  // Four quarters of ground around a thing of an upper (4) and a lower half (5) with a spot (6) in it. Each half merges
  // with ground before it would merge with the other half.
  const ids = Uint16Array.from({ length: 400 }, (_, p) => {
    const [x, y] = [p % 20, Math.floor(p / 20)];
    if (x === 10 && y === 12) return 6;
    if (x >= 6 && x < 14 && y >= 6 && y < 14) return y < 10 ? 4 : 5;
    return (x < 10 ? 0 : 1) + (y < 10 ? 0 : 2);
  });
  const parted = nodeTreeOf(
    {
      count: 7,
      left: Uint32Array.of(5, 0, 2, 8, 9, 11),
      right: Uint32Array.of(6, 1, 3, 4, 7, 10),
      levels: Float32Array.of(0.95, 0.9, 0.9, 0.12, 0.11, 0.1),
    },
    { width: 20, height: 20, count: 7, ids },
  );
  const offered = (region: number, taken: number[] | null) => {
    const bits = taken && Uint8Array.from({ length: 7 }, (_, one) => (taken.includes(one) ? 1 : 0));
    return [...proposedOffer(parted, offersAt(parted, region), region, bits).regions].sort();
  };

  test('is also a thing that the ground leaves over, of parts that merge with the ground first', () => {
    assert.ok(offersAt(parted, 4).some(({ regions: [...thing] }) => thing.sort().join() === '4,5,6'));
  });

  test('is proposed where it is distinct and away from the edge of the picture', () => {
    for (const region of [4, 5, 6]) assert.deepEqual(offered(region, null), [4, 5, 6]);
    assert.deepEqual(offered(4, []), [4, 5, 6]);
  });

  test('is proposed as a correction of what was taken', () => {
    assert.deepEqual(offered(4, [5, 6]), [4]);
    assert.deepEqual(offered(0, [0, 1, 4, 5, 6]), [0, 1]);
    assert.deepEqual(offered(6, [4, 5]), [6]);
  });
});
