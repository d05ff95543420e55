import assert from 'node:assert/strict';
import { openCpu } from '../../backend/onnxBackends';
import * as g from '../../graph';
import references from './strategyLosses.reference.json';
import { lossCases, scales, shapes, type LossCase } from '../testing/lossCases';
import { caseValues } from '../../graph/testing/gradientCase';
import { sizeOf } from '../../graph/core/tensorShape';

const values = shapes.map((shape, salt) => caseValues(sizeOf(shape), salt).map(value => value * scales[salt]));

/** The length of the step of finite differences. */
const step = 4e-3;

/**
 * The loss, its derivatives along three directions of the input that the case is differentiated by, and its slope
 * uphill.
 */
async function evaluate({ by, build }: LossCase) {
  const nodes = shapes.map((shape, index) => g.input(`x${index}`, shape));
  const loss = build(...nodes);
  const [gradient] = g.gradients(loss, [nodes[by]]);
  const session = await (await openCpu(1)).createSession(g.createProgram({ loss, gradient }, []));
  const run = async (direction?: Float32Array, step = 0) =>
    await session.run(
      Object.fromEntries(
        Object.keys(g.createProgram({ loss }).inputs).map(name => {
          const index = Number(name.slice(1));
          const data =
            index === by && direction ? values[index].map((value, i) => value + step * direction[i]) : values[index];
          return [name, { shape: shapes[index], data }];
        }),
      ),
    );
  const directions = [10, 11, 12].map(salt => caseValues(values[by].length, salt));
  const { loss: value, gradient: slopes } = await run();
  const derivatives = directions.map(direction => direction.reduce((sum, d, i) => sum + d * slopes.data[i], 0));
  const scale = Math.hypot(...slopes.data);
  const uphill = Float32Array.from(slopes.data, slope => slope / scale); // elsewhere float32 leaves too few digits
  const [up, down] = [await run(uphill, step), await run(uphill, -step)];
  await session.dispose();
  return { value: value.data[0], derivatives, scale, difference: (up.loss.data[0] - down.loss.data[0]) / (2 * step) };
}

suite('losses of the strategies', () => {
  for (const lossCase of lossCases) {
    test(lossCase.name, async () => {
      const { value, derivatives, difference, scale } = await evaluate(lossCase);
      const expected = (references as Record<string, { value: number; derivatives: number[] }>)[lossCase.name];
      assert.ok(
        Math.abs(value - expected.value) < 1e-5 * Math.max(1, expected.value),
        `${value}, not ${expected.value}`,
      );
      for (const [index, derivative] of derivatives.entries()) {
        assert.ok(
          Math.abs(derivative - expected.derivatives[index]) < 1e-4 * scale,
          `PyTorch: ${derivative}, not ${expected.derivatives[index]}`,
        );
      }
      assert.ok(Math.abs(difference - scale) < 2e-2 * scale, `finite difference: ${scale}, not ${difference}`);
    });
  }
});
