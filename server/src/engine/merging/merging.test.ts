import assert from 'node:assert/strict';
import { adjacency } from '../pixels/adjacency';
import { connectedRegions } from '../pixels/connectedRegions';
import { emptyPlanes, plane, type Planes } from '../pixels/planes';
import { seededRandom } from '../common/random';
import { distanceOfHistograms, distanceOfMeans, planeSums } from '../superpixels/regionSums';
import { mergeWeight } from './forest';
import { levelOf, mergeRegions, toHierarchy } from './mergeRegions';
import { mergeHeights, mergeByVotes, heightVotes, type HierarchyBasis } from './ensemble';

const exponents = { areaExponent: 0.2, contactExponent: 0.3 };

function means(planes: Planes, pixels: readonly number[]): number[] {
  return Array.from(
    { length: planes.channels },
    (_, c) => pixels.reduce((sum, p) => sum + plane(planes, c)[p], 0) / pixels.length,
  );
}

const plainDistance = {
  means: (a: number[], b: number[]) => Math.hypot(...a.map((x, d) => x - b[d])) / Math.sqrt(a.length),
  histograms: (a: number[], b: number[]) =>
    a.reduce((sum, x, d) => sum + (x + b[d] > 0 ? (x - b[d]) ** 2 / (x + b[d]) / 2 : 0), 0),
};

/** Merges by looking at all pairs anew each time, from pixels: sets of base regions instead of sums. */
function naiveMerges(
  ids: Uint16Array,
  planes: Planes,
  boundary: Float32Array,
  count: number,
  kind: 'means' | 'histograms',
): { pair: string; weight: number }[] {
  const { width } = planes;
  const nodes = Array.from({ length: count }, (_, id) => [id]);
  const merges: { pair: string; weight: number }[] = [];
  const pixels = (node: number[]) => [...ids.keys()].filter(p => node.includes(ids[p]));
  /** Boundary strengths of the pixel sides between a node and others. */
  const sides = (a: number[], isOther: (id: number) => boolean) =>
    pixels(a).flatMap(p =>
      [p - width, p + width, ...(p % width > 0 ? [p - 1] : []), ...(p % width < width - 1 ? [p + 1] : [])]
        .filter(q => q >= 0 && q < ids.length && isOther(ids[q]))
        .map(q => (boundary[p] + boundary[q]) / 2),
    );
  const border = (node: number[]) => sides(node, id => !node.includes(id)).length;
  while (nodes.length > 1) {
    let best = { i: -1, j: -1, weight: Infinity };
    for (let i = 0; i < nodes.length; i++) {
      for (let j = i + 1; j < nodes.length; j++) {
        const arc = sides(nodes[i], id => nodes[j].includes(id));
        if (arc.length === 0) continue;
        const weight = mergeWeight(
          {
            distance: plainDistance[kind](means(planes, pixels(nodes[i])), means(planes, pixels(nodes[j]))),
            strength: arc.reduce((sum, side) => sum + side, 0) / arc.length,
            area: Math.min(pixels(nodes[i]).length, pixels(nodes[j]).length) / ids.length,
            contact: arc.length / Math.min(border(nodes[i]), border(nodes[j])),
          },
          exponents,
        );
        if (weight < best.weight) best = { i, j, weight };
      }
    }
    const joined = [...nodes[best.i], ...nodes[best.j]].sort((a, b) => a - b);
    merges.push({ pair: joined.join(), weight: best.weight });
    nodes.splice(best.j, 1);
    nodes.splice(best.i, 1, joined);
  }
  return merges;
}

suite('mergeRegions', () => {
  for (const kind of ['means', 'histograms'] as const) {
    for (const seed of [1, 2, 3]) {
      test(`makes the merges of a naive implementation by ${kind} (seed ${seed})`, () => {
        const next = seededRandom(seed);
        const width = 9,
          height = 7;
        const labels = Int32Array.from({ length: width * height }, () => Math.floor(next() * 3));
        const regions = connectedRegions(labels, width, height, 3);
        const planes = emptyPlanes(width, height, 2);
        labels.forEach((label, p) => {
          planes.data[p] = label / 3 + next() / 10;
          planes.data[width * height + p] = 1 - planes.data[p];
        });
        const boundary = Float32Array.from(labels, next);
        const distance = kind === 'means' ? distanceOfMeans : distanceOfHistograms;
        const merges = mergeRegions(planeSums(regions, planes), adjacency(regions, boundary), {
          distance,
          ...exponents,
        });
        const sets: number[][] = Array.from({ length: regions.count }, (_, id) => [id]);
        const expected = naiveMerges(regions.ids, planes, boundary, regions.count, kind);
        assert.ok(regions.count > 4);
        expected.forEach(({ pair, weight }, k) => {
          sets.push([...sets[merges.left[k]], ...sets[merges.right[k]]].sort((a, b) => a - b));
          assert.equal(sets.at(-1)!.join(), pair);
          assert.ok(Math.abs(merges.weights[k] - weight) < 1e-6);
        });
      });
    }
  }
});

suite('mergeWeight', () => {
  const pair = { distance: 0.5, strength: 2, area: 0.01, contact: 0.25 };

  test('multiplies its parts', () => {
    assert.ok(Math.abs(mergeWeight(pair, { areaExponent: 0.5, contactExponent: 0.5 }) - (0.5 * 2 * 0.1) / 0.5) < 1e-12);
  });

  test('lets small regions go sooner, and those within another', () => {
    assert.ok(mergeWeight({ ...pair, area: 0.001 }, exponents) < mergeWeight(pair, exponents));
    assert.ok(mergeWeight({ ...pair, contact: 1 }, exponents) < mergeWeight(pair, exponents));
  });
});

const scale = { middle: 4, slope: 1.5 };

suite('levels', () => {
  test('fall from 1 over a half at the middle towards 0', () => {
    assert.equal(levelOf(0, scale), 1);
    assert.equal(levelOf(4, scale), 0.5);
    assert.ok(levelOf(1e9, scale) < 1e-9);
    assert.equal(levelOf(4, { ...scale, most: 0.5 }), 0.25);
  });

  test('follow the running maximum of the weights, never 0', () => {
    const { count, levels } = toHierarchy(
      { left: Uint32Array.of(0, 2, 3), right: Uint32Array.of(1, 4, 5), weights: Float64Array.of(4, 1, 1e30) },
      scale,
    );
    assert.equal(count, 4);
    assert.deepEqual([levels[0], levels[1]], [0.5, 0.5]);
    assert.ok(levels[2] > 0 && levels[2] < 1e-5);
  });
});

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
