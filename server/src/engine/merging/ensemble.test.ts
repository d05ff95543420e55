import assert from 'node:assert/strict';
import { adjacency } from '../pixels/adjacency';
import { mergeHeights, mergeByVotes, heightVotes, type HierarchyBasis } from './ensemble';
import { mergeRegions } from './mergeRegions';
import { emptyPlanes } from '../pixels/planes';
import { seededRandom } from '../common/random';
import { distanceOfMeans, planeSums } from '../superpixels/regionSums';

const rule = { distance: distanceOfMeans, areaExponent: 0.2, contactExponent: 0.3 };

const together = (members: readonly HierarchyBasis[]) =>
  mergeByVotes(
    members[0].sums,
    members[0].adjacency,
    members.map(member => heightVotes(member, rule)),
  );

/** A grid of 5 × 4 regions of 3 × 3 pixels with noise as features. */
function grid(seed: number) {
  const next = seededRandom(seed);
  const width = 15,
    height = 12;
  const ids = Uint16Array.from(
    { length: width * height },
    (_, p) => Math.floor(Math.floor(p / width) / 3) * 5 + Math.floor((p % width) / 3),
  );
  const regions = { width, height, count: 20, ids };
  const planes = emptyPlanes(width, height, 2);
  planes.data.forEach((_, i) => {
    planes.data[i] = next();
  });
  return { sums: planeSums(regions, planes), adjacency: adjacency(regions, Float32Array.from(ids, next)) };
}

/** The least height at which a path of merges, seen as sets, holds both regions. */
function naiveHeight(merges: ReturnType<typeof mergeRegions>, i: number, j: number): number {
  const sets = Array.from({ length: merges.weights.length + 1 }, (_, id) => new Set([id]));
  let greatest = 0;
  for (let k = 0; k < merges.weights.length; k++) {
    greatest = Math.max(greatest, merges.weights[k]);
    sets.push(new Set([...sets[merges.left[k]], ...sets[merges.right[k]]]));
    if (sets.at(-1)!.has(i) && sets.at(-1)!.has(j)) return greatest;
  }
  return NaN;
}

suite('heights', () => {
  test('are where two regions first belong together', () => {
    const { sums, adjacency } = grid(1);
    const merges = mergeRegions(sums, adjacency, rule);
    mergeHeights(merges, adjacency).forEach((height, arc) =>
      assert.equal(height, naiveHeight(merges, adjacency.a[arc], adjacency.b[arc])),
    );
  });
});

suite('mergeTogether', () => {
  test('of one hierarchy is that hierarchy', () => {
    const { sums, adjacency } = grid(2);
    const alone = mergeRegions(sums, adjacency, rule);
    const voted = together([{ sums, adjacency }]);
    const expected = mergeHeights(alone, adjacency);
    mergeHeights(voted, adjacency).forEach((height, arc) => assert.ok(Math.abs(height / expected[arc] - 1) < 1e-9));
  });

  test('of several starts where the geometric mean of their heights is least', () => {
    const members = [grid(3), grid(4)];
    const all = members.map(({ sums, adjacency }) => mergeHeights(mergeRegions(sums, adjacency, rule), adjacency));
    const means = [...all[0]].map((height, arc) => Math.sqrt(height * all[1][arc]));
    assert.ok(Math.abs(together(members).weights[0] - Math.min(...means)) < 1e-9);
  });

  test('stands regions that are the same in everything', () => {
    const { sums, adjacency } = grid(5);
    const { weights } = together([{ sums: { ...sums, sums: sums.sums.map(() => 1) }, adjacency }]);
    assert.ok(weights.every(weight => weight >= 0 && weight < 1e-5));
  });
});
