import assert from 'node:assert/strict';
import * as g from '.';
import { allCases } from './cases/all';
import type { GradientCase } from './cases/case';
import { finiteDifferences, openCase, relativeError } from './cases/evaluate';

/** Smaller than the distance between any two values of a case, so that no difference crosses a kink. */
const step = 4e-3;
const tolerance = 2e-3;

async function worstError(gradientCase: GradientCase): Promise<number> {
  const opened = await openCase(gradientCase);
  const expected = await finiteDifferences(opened, step);
  const actual = await opened.gradients();
  await opened.dispose();
  return Math.max(...expected.map((row, index) => relativeError(actual[index].data, row)));
}

suite('gradients agree with finite differences', () => {
  for (const gradientCase of allCases) {
    test(gradientCase.name, async () => {
      const error = await worstError(gradientCase);
      assert.ok(error < tolerance, `off by ${error}`);
    });
  }

  test('a gradient that is wrong by one part in a hundred is found', async () => {
    const build = (x: g.Node) => g.withGradient(g.exp(x), [x], (y, dy) => [g.multiply(g.multiply(dy, y), 1.01)]);
    assert.ok((await worstError({ name: 'wrong', shapes: [[2, 3]], build })) > tolerance);
  });

  test('a gradient through a stop is zero', async () => {
    const x = await openCase({ name: 'stop', shapes: [[2, 3]], build: node => g.stopGradient(g.exp(node)) });
    assert.deepEqual([...(await x.gradients())[0].data], [0, 0, 0, 0, 0, 0]);
    await x.dispose();
  });
});
