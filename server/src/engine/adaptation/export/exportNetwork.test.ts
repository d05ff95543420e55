import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { writeAtomically } from '../../../../../files/atomic';
import { openCpu } from '../../backend/onnxBackends';
import { seededRandom } from '../../common/random';
import { normalisedPicture } from '../../dataset/streaming/imageNormalisation';
import { street } from '../../dataset/testing/streets';
import { experimentSchema, networkNames, type NetworkName } from '../../experiment/experimentSchema';
import { openModel, probabilityProgram } from '../prediction/model';
import { writeCheckpoint } from '../run/checkpoint';
import { makeFolder } from '../run/makeFolder';
import { filesOfNewRun } from '../run/runFolder';
import { exportNetwork } from './exportNetwork';
import { networkCard } from './networkCard';

const [width, height] = [72, 40];
const classes = [
  { name: 'road | way', colour: '#804080', values: [7] },
  { name: '`sky`', colour: '#4682b4', values: [0, 23] },
  { name: 'Straße', colour: '#46c8b4', values: [254] },
];
/** What a checkpoint says beside step and weights. */
const progress = { cursors: { source: null }, pending: { sums: {}, count: 0 }, loss: 1, best: 1 };

suite('Export of a network', function () {
  this.timeout(120_000);
  let folder: string;
  setup(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'labelless onnx-'));
  });
  teardown(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const at = (...names: string[]) => path.join(folder, ...names);

  /** Writes a run of random weights, whose running averages are not those that they begin with. */
  async function writeRun(network: NetworkName, { checkpoint = true } = {}) {
    const experiment = experimentSchema.parse({
      source: { layout: 'labelless' },
      classes,
      network: { name: network, channels: 4 },
      adaptation: { strategy: 'none' },
      training: { steps: 20, size: [width, height] },
    });
    const run = at('runs', network);
    const listing = { source: { 'a.png': '1', 'b.png': '2' }, target: { 'c.png': '3' } };
    const shown = classes.map(({ name, colour }) => ({ name, colour }));
    await makeFolder(run);
    await writeAtomically(filesOfNewRun(run, { experiment, classes: shown, listing }));
    const next = seededRandom(5);
    const { state } = probabilityProgram(experiment, classes.length, { width, height });
    const tensors = Object.fromEntries(
      state.map(({ name, initial: { shape, data } }) => [
        name,
        { shape, data: Float32Array.from(data, value => value + (name.includes('running') ? 0.3 * next() : 0)) },
      ]),
    );
    if (checkpoint) await writeCheckpoint(run, { ...progress, step: 20, tensors }, 1);
    return { run, experiment, tensors };
  }

  for (const network of networkNames)
    test(`gives in a fresh session the probabilities that Labelless finds: ${network}`, async () => {
      const { run, experiment, tensors } = await writeRun(network);
      const result = await exportNetwork(run, at('elsewhere', 'new'), { replace: false });
      const [onnx, card] = ['onnx', 'md'].map(ending => at('elsewhere', 'new', `${network}.${ending}`));
      assert.deepEqual(result, { written: [onnx, card] });
      const picture = normalisedPicture(street(width, height, 3, 'day').picture);
      const model = await openModel(await openCpu(1), experiment, classes.length, height, width);
      await model.load(tensors);
      const { probabilities: expected } = await model.predict(picture, ['probabilities']);
      await model.dispose();
      const session = await InferenceSession.create(readFileSync(onnx));
      assert.deepEqual([session.inputNames, session.outputNames], [['picture'], ['probabilities']]);
      const { probabilities } = await session.run({
        picture: new Tensor('float32', picture.data as Float32Array, picture.shape),
      });
      await session.release();
      assert.deepEqual(probabilities.dims, [1, classes.length, height, width]);
      const found = probabilities.data as Float32Array;
      const furthest = found.reduce((most, value, i) => Math.max(most, Math.abs(value - expected.data[i])), 0);
      assert.ok(furthest < 1e-4, `${furthest}`);
      assert.ok(new Set(found.map(value => Math.round(100 * value))).size > 2, 'they differ from place to place');
    });

  test('says in its card what the network tells apart, what it takes and how it was trained', async () => {
    const { run } = await writeRun('compact');
    await exportNetwork(run, folder, { replace: false });
    const card = readFileSync(at('compact.md'), 'utf8');
    for (const line of [
      '| index | name | colour | id in the class list |',
      '| 0 | road \\| way | `#804080` | 7 |',
      '| 1 | \\`sky\\` | `#4682b4` | 0, 23 |',
      '| 2 | Straße | `#46c8b4` | 254 |',
      `Network \`compact\`: 20 steps on 2 labelled images, at ${width} × ${height} pixels; last changed on `,
      'The network began with random weights.',
    ])
      assert.ok(card.includes(`\n${line}`), `${line} in ${card}`);
    assert.ok(card.includes(`float32 [1, 3, ${height}, ${width}]`), card);
    const facts = { name: 'dusk', classes, isFromClassList: false, size: { width, height }, steps: 1, date: undefined };
    const network = { name: 'efficientnet-lite0', channels: 24 } as const;
    const other = networkCard({ ...facts, network, labelled: 1, unlabelled: 12 });
    assert.match(other, /: 1 step on 1 labelled image and 12 photos without labels, at 72 × 40 pixels\.\n/);
    assert.match(other, /TensorFlow Authors.*Apache License.*LICENSE-2\.0/);
    const theirs = { name: 'compact', channels: 24, pretrained: '../secret/theirs.safetensors' } as const;
    const third = networkCard({ ...facts, network: theirs, labelled: undefined, unlabelled: undefined });
    assert.match(third, /\n## Licence\n\nThe network began with the weights of `theirs\.safetensors`, whose licence/);
  });

  test('replaces no file unless that is asked for, and then both', async () => {
    const { run } = await writeRun('compact');
    writeFileSync(at('compact.md'), 'notes of mine');
    assert.deepEqual(await exportNetwork(run, folder, { replace: false }), { existing: [at('compact.md')] });
    assert.equal(readFileSync(at('compact.md'), 'utf8'), 'notes of mine');
    assert.deepEqual(readdirSync(folder).sort(), ['compact.md', 'runs']);
    const files = [at('compact.onnx'), at('compact.md')];
    assert.deepEqual(await exportNetwork(run, folder, { replace: true }), { written: files });
    assert.match(readFileSync(at('compact.md'), 'utf8'), /^# compact\n/);
  });

  test('says what a folder lacks that is no run or has no checkpoint, and what is in the way', async () => {
    const { run } = await writeRun('compact', { checkpoint: false });
    const attempt = (from: string, to: string) => exportNetwork(from, to, { replace: false });
    await assert.rejects(attempt(run, at('out')), { message: `${run} has no checkpoint yet; train it first` });
    await assert.rejects(attempt(folder, at('out')), /is no run: it needs config\.json and classes\.json$/);
    await assert.rejects(attempt(at('nowhere'), at('out')), /nowhere is no run: /);
    assert.ok(!existsSync(at('out')));
    const trained = await writeRun('compact');
    writeFileSync(at('file'), '');
    await assert.rejects(attempt(trained.run, at('file')), {
      message: `cannot write ${at('file')}: a file of that name is in the way`,
    });
    await assert.rejects(attempt(trained.run, at('file', 'below')), {
      message: `cannot write ${at('file', 'below')}: a part of its path is not a folder`,
    });
    const { tensors } = trained;
    const [first] = Object.keys(tensors);
    const unfit = { ...tensors, [first]: { shape: [2], data: new Float32Array(2) } };
    await writeCheckpoint(trained.run, { ...progress, step: 21, tensors: unfit }, 1);
    await assert.rejects(
      attempt(trained.run, at('out')),
      /its checkpoint does not fit its network: .*not float32 \[2\]/,
    );
    await writeCheckpoint(trained.run, { ...progress, step: 22, tensors: {} }, 1);
    await assert.rejects(attempt(trained.run, at('out')), /its checkpoint does not fit its network: the weights lack /);
  });
});
