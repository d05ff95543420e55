import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as g from '../graph';
import { openNamed } from './openBackend';
import { absenceReason } from './backendPresence';
import { tryBackendInProcess } from './backendTrials';

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
