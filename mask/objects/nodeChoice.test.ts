import assert from 'node:assert/strict';
import { chainAt } from './nodeChain';
import { leavesOf } from '../regions/hierarchy';
import { below, randomHierarchy, randomRegions, seeded } from '../testing/randomMasks';
import { NodeChoice, nodesOfStroke } from './nodeChoice';

suite('the node offered at a place', () => {
  const random = seeded(3);
  const regions = randomRegions(random, 40, 30, 60);
  const hierarchy = randomHierarchy(random, regions);

  test('is kept while the place moves within it, also at a level that was chosen', () => {
    const choice = new NodeChoice();
    const tree = choice.treeOf(hierarchy, regions);
    for (let move = 0; move < 300; move++) {
      const before = choice.node;
      const region = below(random, 60);
      choice.moveTo(tree, region);
      assert.ok(choice.node !== null && leavesOf(hierarchy, choice.node).includes(region));
      if (before !== null && leavesOf(hierarchy, before).includes(region)) assert.equal(choice.node, before);
      choice.step(below(random, 5) - 2);
      assert.ok(leavesOf(hierarchy, choice.node).includes(region));
      const chain = chainAt(tree, region);
      assert.deepEqual(choice.level, { number: chain.indexOf(choice.node) + 1, count: chain.length });
    }
  });

  test('is none at painted pixels, and stays after an edit that leaves the hierarchy', () => {
    const choice = new NodeChoice();
    choice.moveTo(choice.treeOf(hierarchy, regions), 7);
    choice.step(1);
    const { node } = choice;
    choice.moveTo(choice.treeOf(hierarchy, { ...regions, count: 61 }), 7);
    assert.equal(choice.node, node);
    choice.moveTo(choice.treeOf(hierarchy, { ...regions, count: 61 }), 60);
    assert.deepEqual([choice.node, choice.level], [null, null]);
    choice.step(1);
    assert.equal(choice.node, null);
  });

  test('begins a stroke, which takes regions in parts that are no larger than the division with this node', () => {
    const tree = new NodeChoice().treeOf(hierarchy, regions);
    const levelOf = (node: number) => (node < 60 ? 1 : hierarchy.levels[node - 60]);
    for (let round = 0; round < 100; round++) {
      const start = below(random, 118);
      const touched = [below(random, 61), below(random, 61), below(random, 61)];
      const nodes = nodesOfStroke(tree, start, touched);
      assert.equal(nodes[0], start);
      const leaves = nodes.flatMap(node => leavesOf(hierarchy, node));
      assert.equal(new Set(leaves).size, leaves.length, 'no two share a region');
      for (const region of touched) assert.ok(region === 60 || leaves.includes(region));
      for (const node of nodes.slice(1)) assert.ok(node < 60 || levelOf(node) > levelOf(start));
    }
  });
});
