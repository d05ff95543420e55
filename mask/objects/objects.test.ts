import assert from 'node:assert/strict';
import { below, randomHierarchy, randomRegions, seeded } from '../testing/randomMasks';
import { leavesOf } from '../regions/hierarchy';
import { boxOfNode, nodeTreeOf, regionsOfNode } from './nodeTree';
import { nodesOfRegions, offersAt } from './offers';
import { nodesInBox, nodesOfStroke, regionsUnder } from './placeNodes';

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

  test('in a box are the largest that are nearly inside, the last to merge first, until all sides are reached', () => {
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
      const mergedAt = (node: number) => tree.parents[node];
      expected.sort((a, b) => mergedAt(b) - mergedAt(a));
      const [right, bottom] = [Math.min(40, box.right), Math.min(30, box.bottom)];
      const [across, down] = [0.05 * (right - left), 0.05 * (bottom - top)];
      const reachesAll = (nodes: readonly number[]) => {
        const places = nodes.flatMap(pixelsOf).map(p => [p % 40, Math.floor(p / 40)]);
        return (
          places.some(([x]) => x <= left + across) &&
          places.some(([x]) => x + 1 >= right - across) &&
          places.some(([, y]) => y <= top + down) &&
          places.some(([, y]) => y + 1 >= bottom - down)
        );
      };
      const enough = expected.findIndex((_, index) => reachesAll(expected.slice(0, index + 1)));
      assert.deepEqual(nodesInBox(tree, regions, box), enough < 0 ? expected : expected.slice(0, enough + 1));
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

  test('under a stroke are what it began with, and parts that are no larger than the division which has that', () => {
    const levelOf = (node: number) => (node < 60 ? 1 : hierarchy.levels[node - 60]);
    for (let round = 0; round < 100; round++) {
      const start = offersAt(tree, below(random, 60))[below(random, 4)] ?? offersAt(tree, 0)[0];
      const begun = nodesOfRegions(tree, start.regions);
      const touched = [below(random, 61), below(random, 61), below(random, 61)];
      const nodes = nodesOfStroke(tree, { nodes: begun, level: start.level }, touched);
      assert.deepEqual(nodes.slice(0, begun.length), begun);
      const leaves = nodes.flatMap(node => leavesOf(hierarchy, node));
      assert.equal(new Set(leaves).size, leaves.length, 'no two share a region');
      for (const region of touched) assert.ok(region === 60 || leaves.includes(region));
      for (const node of nodes.slice(begun.length)) assert.ok(node < 60 || levelOf(node) > start.level);
    }
  });
});
