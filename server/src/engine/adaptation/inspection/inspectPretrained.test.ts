import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { experimentSchema } from '../../experiment/experimentSchema';
import { encodeTensors } from '../networks/safetensors';
import { trainingProgram } from '../training/trainingProgram';
import { inspectPretrained } from './inspectPretrained';

suite('the file of pretrained weights', () => {
  let root: string;
  setup(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'labelless-weights-'));
  });
  teardown(() => rm(root, { recursive: true, force: true }));

  const experiment = (pretrained?: string) =>
    experimentSchema.parse({
      source: {},
      classes: 'camvid11',
      network: { channels: 4, pretrained },
      adaptation: { strategy: 'none' },
    });
  const inspect = (pretrained?: string) => inspectPretrained(experiment(pretrained), root);

  /** The network's own weights, and how many they are. */
  const own = trainingProgram(experiment(), 11).state.flatMap(({ name, initial }) => {
    const [, weight] = /^network\/([^/]+)$/.exec(name) ?? [];
    return weight === undefined ? [] : [[weight, initial] as const];
  });
  const write = (name: string, tensors: readonly (readonly [string, (typeof own)[0][1]])[]) =>
    writeFile(path.join(root, name), encodeTensors({ tensors: Object.fromEntries(tensors), metadata: {} }));

  test('is looked for beside the experiment; one that is missing or no file is an error', async () => {
    await write('there.safetensors', own);
    assert.deepEqual(await inspect('there.safetensors'), []);
    assert.deepEqual(await inspect(), []);
    const [missing] = await inspect('none.safetensors');
    assert.deepEqual([missing.path, missing.severity], [['network', 'pretrained'], 'error']);
    assert.equal(missing.message, `${path.join(root, 'none.safetensors')}: there is no such file.`);
    const [folder] = await inspect('.');
    assert.match(folder.message, /it is a folder, not a file\.$/);
  });

  test('is refused when it is cut off, and when it is in another format', async () => {
    await write('whole.safetensors', own);
    const bytes = encodeTensors({ tensors: Object.fromEntries(own), metadata: {} });
    for (const [content, why] of [
      [
        bytes.subarray(0, bytes.length - 10),
        /cut\.safetensors: \S+ does not fit its place in the file, which is cut off: 10 bytes are missing\.$/,
      ],
      [bytes.subarray(0, 100), /it is no safetensors file, or cut off: its header is longer than the file\.$/],
      [bytes.subarray(0, 0), /it is too short for a safetensors file\.$/],
      [Buffer.from('80028a0a6cfc9c46f9206aa85019', 'hex'), /in PyTorch's own format; save .* with safetensors\.torch/],
      [Buffer.from('504b03040000080800000000', 'hex'), /in PyTorch's own format/],
    ] as const) {
      await writeFile(path.join(root, 'cut.safetensors'), content);
      const [finding] = await inspect('cut.safetensors');
      assert.deepEqual([finding.code, finding.severity], ['unreadable-weights', 'error']);
      assert.match(finding.message, why);
    }
  });

  test('of another network is an error where nothing fits, and a warning that counts where little does', async () => {
    const zeros = { shape: [64, 3, 7, 7], data: new Float32Array(64 * 3 * 49) };
    await write('resnet.safetensors', [['conv1.weight', zeros]]);
    const [none] = await inspect('resnet.safetensors');
    assert.equal(none.severity, 'error');
    assert.match(
      none.message,
      new RegExp(
        `resnet\\.safetensors: none of the ${own.length} weights of compact is in it .*\\(it has no .* more\\)`,
      ),
    );
    await write('little.safetensors', [own[0], ['other', zeros]]);
    const [little] = await inspect('little.safetensors');
    assert.equal(little.severity, 'warning');
    assert.match(little.message, new RegExp(`only 1 of the ${own.length} weights of compact are in it`));
    await write('shape.safetensors', [[own[0][0], zeros]]);
    const [shape] = await inspect('shape.safetensors');
    assert.match(shape.message, /\(\S+ \[64,3,7,7\], not \[\d+,\d+,\d+,\d+\]\)/);
  });

  test('of another network that has all tensors, and more between them, is refused', async () => {
    const one = { shape: [1], data: new Float32Array(1) };
    const counter = ['encoder.stem.norm.num_batches_tracked', one] as const;
    await write('same.safetensors', [...own, counter, ['conv_head.weight', one]]);
    assert.deepEqual(await inspect('same.safetensors'), []);
    await write('more.safetensors', [...own, counter, ['blocks.0.0.se.conv_reduce.weight', one]]);
    const [more] = await inspect('more.safetensors');
    assert.equal(more.severity, 'error');
    assert.match(
      more.message,
      /its blocks have a tensor that compact lacks \(blocks\.0\.0\.se\.conv_reduce\.weight\)\. It belongs to another/,
    );
  });

  if (process.platform !== 'win32')
    test('by a path from Windows is told as such', async () => {
      for (const name of [
        'C:\\weights\\lite0.safetensors',
        'c:/weights/lite0.safetensors',
        '\\\\server\\w.safetensors',
      ]) {
        const [finding] = await inspect(name);
        assert.match(finding.message, /there is no such file; this is a path from Windows: copy the file to this/);
      }
      const [relative] = await inspect('..\\weights\\w.safetensors');
      assert.match(relative.message, /; write its path with slashes: \.\.\/weights\/w\.safetensors\.$/);
    });
});
