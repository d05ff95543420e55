import assert from 'node:assert/strict';
import { adjacency } from './adjacency';
import { connectedRegions } from './connect';
import { mergeRegions, mergeWeight, regionFeatures } from './merge';
import { random } from './random';

/** Merges by looking at all pairs anew each time, from pixels: sets of base regions instead of sums. */
function naiveMerges(ids: Uint16Array, width: number, features: Float32Array, boundary: Float32Array, count: number): { pair: string; weight: number }[] {
  const nodes = Array.from({ length: count }, (_, id) => [id]);
  const merges: { pair: string; weight: number }[] = [];
  const pixels = (node: number[]) => [...ids.keys()].filter(p => node.includes(ids[p]));
  const mean = (node: number[]) => pixels(node).reduce((sum, p) => sum + features[p], 0) / pixels(node).length;
  const strength = (a: number[], b: number[]) => {
    const sides: number[] = [];
    for (const p of pixels(a)) {
      for (const q of [p - width, p + width, ...p % width > 0 ? [p - 1] : [], ...p % width < width - 1 ? [p + 1] : []]) {
        if (q >= 0 && q < ids.length && b.includes(ids[q])) sides.push((boundary[p] + boundary[q]) / 2);
      }
    }
    return sides.length > 0 ? sides.reduce((sum, side) => sum + side, 0) / sides.length : NaN;
  };
  while (nodes.length > 1) {
    let best = { i: -1, j: -1, weight: Infinity };
    for (let i = 0; i < nodes.length; i++) {
      for (let j = i + 1; j < nodes.length; j++) {
        const share = Math.min(pixels(nodes[i]).length, pixels(nodes[j]).length) / ids.length;
        const weight = mergeWeight(Math.abs(mean(nodes[i]) - mean(nodes[j])), strength(nodes[i], nodes[j]), share, 0.2);
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
  for (const seed of [1, 2, 3]) {
    test(`makes the merges of a naive implementation (seed ${seed})`, () => {
      const next = random(seed);
      const width = 9, height = 7;
      const labels = Int32Array.from({ length: width * height }, () => Math.floor(next() * 3));
      const regions = connectedRegions(labels, width, height, 3);
      const features = Float32Array.from(labels, label => label + next());
      const boundary = Float32Array.from(labels, next);
      const merges = mergeRegions(regionFeatures(regions, [{ planes: { width, height, channels: 1, data: features }, weight: 1 }]), adjacency(regions, boundary), 0.2);
      const sets: number[][] = Array.from({ length: regions.count }, (_, id) => [id]);
      const expected = naiveMerges(regions.ids, width, features, boundary, regions.count);
      assert.ok(regions.count > 4);
      expected.forEach(({ pair, weight }, k) => {
        sets.push([...sets[merges.left[k]], ...sets[merges.right[k]]].sort((a, b) => a - b));
        assert.equal(sets.at(-1)!.join(), pair);
        assert.ok(Math.abs(merges.weights[k] - weight) < 1e-6);
      });
    });
  }
});
