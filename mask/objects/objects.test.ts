import assert from 'node:assert/strict';
import { below, randomHierarchy, randomRegions, seeded, sides } from '../testing/randomMasks';
import { leavesOf } from '../regions/hierarchy';
import { chainAt, nodeFrom } from './nodeChain';
import { boxOfNode, nodeTreeOf, regionsOfNode } from './nodeTree';
import { nodesInBox, regionsUnder } from './placeNodes';
import { proposedNode } from './proposedNode';

suite('nodes of a hierarchy at a place', () => {
  const random = seeded(11);
  const regions = randomRegions(random, 40, 30, 60);
  const hierarchy = randomHierarchy(random, regions);
  const tree = nodeTreeOf(hierarchy, regions);
  const pixelsOf = (node: number) => {
    const leaves = new Set(leavesOf(hierarchy, node));
    return [...regions.ids.keys()].filter(p => leaves.has(regions.ids[p]));
  };

  test('have the sizes, boxes and regions that counting pixel by pixel finds', () => {
    for (let node = 0; node < 2 * regions.count - 1; node++) {
      const pixels = pixelsOf(node);
      assert.equal(tree.areas[node], pixels.length);
      const [xs, ys] = [pixels.map(p => p % 40), pixels.map(p => Math.floor(p / 40))];
      assert.deepEqual(boxOfNode(tree, node), {
        left: Math.min(...xs),
        top: Math.min(...ys),
        right: Math.max(...xs) + 1,
        bottom: Math.max(...ys) + 1,
      });
      assert.deepEqual([...regionsOfNode(tree, node)].sort(), leavesOf(hierarchy, node).sort());
    }
  });

  test('have the borders that counting side by side finds', () => {
    for (let node = 0; node < 2 * regions.count - 1; node++) {
      const leaves = new Set(leavesOf(hierarchy, node));
      let [length, distinct, frame] = [0, 0, 0];
      for (const p of pixelsOf(node)) {
        frame += 4 - sides(p, 40, 30).length;
        for (const q of sides(p, 40, 30)) {
          if (leaves.has(regions.ids[q])) continue;
          length++;
          const joined = [...tree.parents.keys()].find(one => {
            const below = leavesOf(hierarchy, one);
            return below.includes(regions.ids[p]) && below.includes(regions.ids[q]);
          })!;
          distinct += 1 - hierarchy.levels[joined - regions.count];
        }
      }
      assert.ok(Math.abs(tree.borders.contrast[node] - (length === 0 ? 0 : distinct / length)) < 1e-5);
      assert.ok(Math.abs(tree.borders.frame[node] - frame / 140) < 1e-5);
    }
  });

  test('form a chain from the region to the whole picture', () => {
    for (let region = 0; region < regions.count; region++) {
      const all = [...tree.parents.keys()].filter(node => leavesOf(hierarchy, node).includes(region));
      assert.deepEqual(chainAt(tree, region), all);
    }
  });

  test('are passed over where they grow by less than can be seen, also those without pixels', () => {
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
    assert.deepEqual(chainAt(chained, 0), [0, 4, 6]);
    assert.equal(nodeFrom(chained, 0, 0, 1), 6);
    assert.equal(nodeFrom(chained, 0, 6, -1), 4);
    assert.equal(nodeFrom(chained, 0, 5, 1), 6);
    assert.equal(nodeFrom(chained, 0, 4, -9), 0);
    assert.equal(nodeFrom(chained, 0, 4, 0), 4);
    assert.equal(boxOfNode(chained, 2), null);
  });

  test('are proposed where they are distinct and away from the edge of the picture', () => {
    // A ring of ground (0), a thing (1) with a spot (2) that merge first.
    const ids = new Uint16Array(400);
    for (let p = 0; p < 400; p++) {
      const far = Math.max(Math.abs((p % 20) - 10), Math.abs(Math.floor(p / 20) - 10));
      ids[p] = far < 2 ? 2 : far < 6 ? 1 : 0;
    }
    const thing = nodeTreeOf(
      { count: 3, left: Uint32Array.of(1, 3), right: Uint32Array.of(2, 0), levels: Float32Array.of(0.9, 0.1) },
      { width: 20, height: 20, count: 3, ids },
    );
    assert.equal(proposedNode(thing, 2), 3);
    assert.equal(proposedNode(thing, 1), 3);
    assert.equal(proposedNode(thing, 0), 0);
  });

  test('in a box are the largest that are nearly inside, and share nothing', () => {
    for (let trial = 0; trial < 8; trial++) {
      const [left, top] = [below(random, 30), below(random, 20)];
      const box = { left, top, right: left + 5 + below(random, 20), bottom: top + 5 + below(random, 20) };
      const isInside = (node: number) => {
        const pixels = pixelsOf(node);
        const within = pixels.filter(p => {
          const [x, y] = [p % 40, Math.floor(p / 40)];
          return x >= box.left && x < box.right && y >= box.top && y < box.bottom;
        });
        return within.length >= 0.9 * pixels.length;
      };
      const expected: number[] = [];
      const covered = new Set<number>();
      for (let node = 2 * regions.count - 2; node >= 0; node--) {
        const leaves = leavesOf(hierarchy, node);
        if (leaves.some(leaf => covered.has(leaf)) || !isInside(node)) continue;
        expected.push(node);
        for (const leaf of leaves) covered.add(leaf);
      }
      assert.deepEqual(
        nodesInBox(tree, regions, box).sort((a, b) => b - a),
        expected,
      );
    }
  });

  test('under a stroke are those of its pixels', () => {
    assert.deepEqual(
      regionsUnder(
        { width: 3, height: 2, count: 4, ids: Uint16Array.of(3, 0, 1, 2, 2, 1) },
        Uint32Array.of(0, 1, 4, 2),
      ),
      [1, 2, 3],
    );
  });
});
