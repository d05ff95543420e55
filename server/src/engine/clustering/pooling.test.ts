import assert from 'node:assert/strict';
import { Pooling } from './pooling';
import { random } from './random';
import { enlargePlane } from './resize';

suite('Pooling', () => {
  for (const [source, target] of [
    [
      [5, 4],
      [17, 11],
    ],
    [
      [1, 3],
      [4, 9],
    ],
    [
      [7, 1],
      [7, 5],
    ],
    [
      [6, 6],
      [6, 6],
    ],
  ]) {
    test(`sums what enlarging gives, ${source.join('×')} to ${target.join('×')}`, () => {
      const next = random(3);
      const [width, height] = target;
      const count = 4;
      const ids = Uint16Array.from({ length: width * height }, (_, p) => (p < count ? p : Math.floor(next() * count)));
      const values = Float32Array.from({ length: source[0] * source[1] }, () => next() - 0.5);
      const from = { width: source[0], height: source[1] };
      const expected = new Float64Array(count);
      enlargePlane(values, from, { width, height }).forEach((value, p) => {
        expected[ids[p]] += value;
      });
      const sums: number[] = [];
      new Pooling({ width, height, count, ids }, from).sums(values, (region, sum) => {
        sums[region] = sum;
      });
      sums.forEach((sum, region) =>
        assert.ok(Math.abs(sum - expected[region]) < 1e-5, `region ${region}: ${sum}, not ${expected[region]}`),
      );
      assert.equal(sums.length, count);
    });
  }
});
