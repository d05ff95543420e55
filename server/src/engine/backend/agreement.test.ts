import assert from 'node:assert/strict';
import { initialWeights } from '../clustering/labelNetwork';
import { continuityProgram, superpixelProgram } from '../clustering/trainingPrograms';
import { seededRandom } from '../common/random';
import { tf } from '../graph/testing/plainTensorflow';
import type { Program } from '../graph';
import { openNamed } from './open';
import type { Backend } from './session';
import { interpretOn } from './tensorflow';
import type { TensorValue } from '../graph/core/operation';

const [width, height, channels, inputs, steps] = [36, 28, 12, 3, 8];
const plan = {
  width,
  height,
  channels,
  inputs,
  blocks: 2,
  learningRate: 0.1,
  initial: initialWeights({ inputs, channels, blocks: 2 }, seededRandom(5)),
};
const superpixels = Int32Array.from(
  { length: width * height },
  (_, p) => Math.floor((p % width) / 6) + 6 * Math.floor(p / width / 7),
);
const programs: Readonly<Record<string, Program>> = {
  continuity: continuityProgram({ ...plan, similarityWeight: 1, continuityWeight: 1 }),
  superpixel: superpixelProgram({ ...plan, superpixels: 24 }),
};
/** Four fields of noise around different colours. */
const picture: TensorValue = {
  shape: [1, inputs, height, width],
  data: Float32Array.from({ length: inputs * width * height }, (_, i) => {
    const [x, y, c] = [i % width, Math.floor(i / width) % height, Math.floor(i / width / height)];
    return (Number(x > width / 2) * (c + 1) + Number(y > height / 2) * (3 - c)) / 5 + 0.1 * Math.sin(i * i);
  }),
};

/** The losses of some steps, and the labels of the last. */
async function train(backend: Backend, program: Program): Promise<{ losses: number[]; labels: Int32Array }> {
  const session = await backend.createSession(program);
  const losses: number[] = [];
  const feeds = {
    picture,
    ...('superpixels' in program.inputs && { superpixels: { shape: [superpixels.length], data: superpixels } }),
  };
  let labels = new Int32Array();
  for (let step = 0; step < steps; step++) {
    const outputs = await session.run(feeds, ['loss', 'labels']);
    losses.push(outputs.loss.data[0]);
    labels = Int32Array.from(outputs.labels.data);
  }
  await session.dispose();
  return { losses, labels };
}

suite('back ends agree with the processor’s', function () {
  this.timeout(60_000);
  const others: Readonly<Record<string, () => Promise<Backend> | Backend>> = {
    wasm: () => openNamed('wasm', { threads: 2 }),
    'tensorflow, on its plain back end': () => interpretOn(tf),
  };

  for (const [name, open] of Object.entries(others))
    for (const [method, program] of Object.entries(programs)) {
      test(`${name}: losses and labels of ${method}`, async () => {
        const expected = await train(await openNamed('cpu', { threads: 1 }), program);
        const actual = await train(await open(), program);
        assert.ok(expected.losses.at(-1)! < 0.9 * expected.losses[0], 'it learns');
        expected.losses.forEach((loss, step) =>
          assert.ok(
            Math.abs(actual.losses[step] - loss) < 1e-3 * loss,
            `step ${step + 1}: ${actual.losses[step]}, not ${loss}`,
          ),
        );
        const different = actual.labels.reduce((count, label, p) => count + Number(label !== expected.labels[p]), 0);
        assert.ok(different <= 0.005 * width * height, `${different} pixels have another label`);
        assert.ok(new Set(expected.labels).size > 2);
      });
    }
});
