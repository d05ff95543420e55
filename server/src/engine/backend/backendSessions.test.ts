import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as g from '../graph';
import type { Program } from '../graph';
import { initialWeights } from '../clustering/labelNetwork';
import { continuityProgram, superpixelProgram } from '../clustering/trainingPrograms';
import { seededRandom } from '../common/random';
import { tf } from '../graph/testing/plainTensorflow';
import type { TensorValue } from '../graph/core/operation';
import { openNamed } from './openBackend';
import type { Backend } from './session';
import { interpreterBackend } from './tensorflowBackend';
import { absenceReason } from './backendPresence';
import { tryBackendInProcess } from './backendTrials';

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
  const others: Readonly<Record<string, () => Promise<Backend> | Backend>> = {
    wasm: () => openNamed('wasm', { threads: 2 }),
    'tensorflow, on its plain back end': () => interpreterBackend(tf),
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

/** Fits y = 2x − 1 by least squares, one step a run. */
function regression(): g.Program {
  const slope = g.variable('slope', { shape: [], data: Float32Array.of(0) });
  const offset = g.variable('offset', { shape: [], data: Float32Array.of(0) });
  const x = g.input('x', [4]);
  const loss = g.squaredError(g.add(g.multiply(x, slope), offset), g.subtract(g.multiply(x, 2), 1));
  return g.createProgram({ loss, rounded: g.cast(x, 'int32') }, g.adam(loss, [slope, offset], { learningRate: 0.1 }));
}

const feeds = { x: { shape: [4], data: Float32Array.of(-1, 0, 1, 2) } };

const backends: Readonly<Record<string, (threads: number) => Promise<Backend> | Backend>> = {
  cpu: threads => openNamed('cpu', { threads }),
  wasm: threads => openNamed('wasm', { threads }),
  'tensorflow, on its plain back end': () => interpreterBackend(tf),
};

for (const [name, open] of Object.entries(backends))
  suite(`sessions of ${name}`, () => {
    test('train, and carry their state from run to run', async () => {
      const session = await (await open(1)).createSession(regression());
      const { loss: before } = await session.run(feeds);
      for (let step = 0; step < 200; step++) await session.run(feeds, []);
      const { loss: after, rounded } = await session.run(feeds);
      assert.ok(before.data[0] > 1 && after.data[0] < 1e-4, `${before.data[0]} → ${after.data[0]}`);
      assert.deepEqual(rounded, { shape: [4], data: Int32Array.of(-1, 0, 1, 2) });
      const state = await session.readState();
      assert.ok(Math.abs(state.slope.data[0] - 2) < 0.01 && Math.abs(state.offset.data[0] + 1) < 0.01);
      await session.dispose();
    });

    test('go on from a state that another session wrote down, with the same bytes', async () => {
      const backend = await open(2);
      const [first, second] = [await backend.createSession(regression()), await backend.createSession(regression())];
      for (let step = 0; step < 5; step++) await first.run(feeds, []);
      await second.writeState(await first.readState());
      assert.deepEqual(await second.run(feeds), await first.run(feeds));
      assert.deepEqual(await second.readState(), await first.readState());
      await first.dispose();
      await second.dispose();
    });

    test('answer only what is asked for, and say what is wrong with a call', async () => {
      const session = await (await open(1)).createSession(regression());
      assert.deepEqual(Object.keys(await session.run(feeds, ['loss'])), ['loss']);
      await assert.rejects(session.run({}), /input x is not fed/);
      await assert.rejects(
        session.run({ x: { shape: [3], data: new Float32Array(3) } }),
        /x is a tensor float32 \[4\], not float32 \[3\]/,
      );
      await assert.rejects(
        session.run({ x: { shape: [4], data: new Int32Array(4) } }),
        /x is a tensor float32 \[4\], not int32 \[4\]/,
      );
      await assert.rejects(session.run(feeds, ['accuracy']), /no output named accuracy/);
      await assert.rejects(
        session.writeState({ weight: { shape: [], data: new Float32Array(1) } }),
        /no state named weight/,
      );
      await session.dispose();
    });

    test('hand out values that are the caller’s own', async () => {
      const weight = g.variable('weight', { shape: [2], data: Float32Array.of(1, 2) });
      const initial = Float32Array.of(3, 4);
      const other = g.variable('other', { shape: [2], data: initial });
      const session = await (
        await open(1)
      ).createSession(
        g.createProgram({ weight, sum: g.add(weight, other) }, [g.assign(weight, g.multiply(weight, 2))]),
      );
      const outputs = await session.run({});
      const state = await session.readState();
      for (const { data } of [outputs.weight, outputs.sum, state.weight, state.other]) data.fill(99);
      assert.deepEqual([...(await session.run({})).sum.data], [5, 8]);
      assert.deepEqual([...initial], [3, 4]);
      await session.dispose();
    });

    test('exchange the values of two variables', async () => {
      const [a, b] = [1, 2].map(value => g.variable(`v${value}`, { shape: [], data: Float32Array.of(value) }));
      const session = await (await open(1)).createSession(g.createProgram({ a, b }, [g.assign(a, b), g.assign(b, a)]));
      const values = async () => Object.values(await session.run({})).map(({ data }) => data[0]);
      assert.deepEqual(
        [await values(), await values(), await values()],
        [
          [1, 2],
          [2, 1],
          [1, 2],
        ],
      );
      await session.dispose();
    });
  });

suite('sessions of tensorflow', () => {
  test('leave no tensor behind, also where a step fails', async () => {
    const before = tf.memory().numTensors;
    const session = await interpreterBackend(tf).createSession(regression());
    const held = tf.memory().numTensors;
    await session.run(feeds);
    await assert.rejects(session.run({}));
    const bad = g.cast(g.greater(g.input('x', [4]), 0), 'bool');
    const failing = await interpreterBackend(tf).createSession(g.createProgram({ bad }));
    await assert.rejects(failing.run(feeds), /A tensor of bool cannot be read/);
    await failing.dispose();
    assert.equal(tf.memory().numTensors, held);
    await session.dispose();
    assert.equal(tf.memory().numTensors, before);
  });

  test('let go of a value once nothing needs it', async () => {
    const size = 1000,
      depth = 20;
    let y = g.input('x', [size]);
    for (let layer = 0; layer < depth; layer++) y = g.sqrt(g.add(y, 1));
    const session = await interpreterBackend(tf).createSession(g.createProgram({ y }));
    const { peakBytes } = await tf.profile(async () => {
      await session.run({ x: { shape: [size], data: new Float32Array(size) } });
    });
    assert.ok(peakBytes < 5 * 4 * size, `${peakBytes} bytes at once`);
    await session.dispose();
  });
});

const trialScript = path.resolve('dist', 'trial.js');

suite('TensorFlow in a folder of the user’s', () => {
  let folder: string;
  setup(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'labelless tensorflow '));
  });
  teardown(() => {
    rmSync(folder, { recursive: true });
  });

  /** Puts a package there whose entry is `code`. */
  function install(name: string, code: string): void {
    const place = path.join(folder, 'node_modules', ...name.split('/'));
    mkdirSync(place, { recursive: true });
    writeFileSync(path.join(place, 'package.json'), JSON.stringify({ name, main: 'index.js' }));
    writeFileSync(path.join(place, 'index.js'), code);
  }

  /** What tfjs-node is, with the plain back end in place of the native one. */
  const plain = `
    const tf = require(${JSON.stringify(path.resolve('node_modules', '@tensorflow', 'tfjs-core'))});
    require(${JSON.stringify(path.resolve('node_modules', '@tensorflow', 'tfjs-backend-cpu'))});
    const { isNullOrUndefined, isArray } = require('util');
    if (!isNullOrUndefined(null) || !isArray([])) throw new Error('util lacks what tfjs-node calls');
    if (process.env.TF_NUM_INTRAOP_THREADS !== '3') throw new Error('no limit of threads');
    module.exports = tf;`;

  test('is found, loaded with its threads limited, and computes', async () => {
    install('@tensorflow/tfjs-node', plain);
    const x = g.input('x', [1, 1, 2, 2]);
    const backend = await openNamed('tensorflow', { threads: 3, tensorflowFolder: folder });
    const session = await backend.createSession(
      g.createProgram({ y: g.convolution(x, g.constant({ shape: [1, 1, 1, 1], data: Float32Array.of(2) }), null) }),
    );
    assert.deepEqual(await session.run({ x: { shape: [1, 1, 2, 2], data: Float32Array.of(1, 2, 3, 4) } }), {
      y: { shape: [1, 1, 2, 2], data: Float32Array.of(2, 4, 6, 8) },
    });
    await session.dispose();
  });

  test('the GPU’s build goes first', async () => {
    install('@tensorflow/tfjs-node', plain);
    const gpu = '@tensorflow/tfjs-node-gpu';
    install(gpu, 'throw new Error("libcudart is missing\\nand more");');
    const trial = await tryBackendInProcess('tensorflow', { threads: 1, tensorflowFolder: folder }, trialScript);
    assert.deepEqual({ ...trial, detail: undefined }, { name: 'tensorflow', state: 'failed', detail: undefined });
    assert.match(
      trial.detail ?? '',
      new RegExp(`^${gpu} in .* does not load \\(libcudart is missing\\); run \`npm rebuild ${gpu}`),
    );
  });

  test('where it is not, its absence says how to get it', async () => {
    assert.match(
      absenceReason('tensorflow', undefined) ?? '',
      /npm install @tensorflow\/tfjs-node.*labelless\.tensorflow\.folder/,
    );
    assert.equal(absenceReason('tensorflow', ''), absenceReason('tensorflow', undefined));
    assert.match(
      absenceReason('tensorflow', folder) ?? '',
      /^no TensorFlow in .*: run `npm install @tensorflow\/tfjs-node`/,
    );
    const gone = path.join(folder, 'gone');
    assert.equal(absenceReason('tensorflow', gone), `the folder of labelless.tensorflow.folder is not there: ${gone}`);
    await assert.rejects(
      openNamed('tensorflow', { threads: 1, tensorflowFolder: folder }),
      /^Error: no TensorFlow in /,
    );
    install('@tensorflow/tfjs-node', '');
    assert.equal(absenceReason('tensorflow', folder), undefined);
  });
});
