import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { bundledWeights, bundledWeightsFile, hasBundledWeights, readBundledWeights } from './bundledWeights';
import { pretrainedFile, readPretrained } from './pretrainedWeights';
import { decodeTensors } from './safetensors';

const remedy = /; install a package of Labelless that has it, run `npm run weights` in a checkout, or name weights/;

suite('the pretrained encoder that comes with the program', () => {
  let root: string;
  setup(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'labelless-bundled-'));
  });
  teardown(() => rm(root, { recursive: true, force: true }));

  test('is found beside the program, else beside a folder above it; its first place is named where it is missing', async () => {
    const [program, beside, above] = ['app/dist', 'app/dist/weights', 'app/weights'].map(name => path.join(root, name));
    const file = (folder: string) => path.join(folder, bundledWeights.file);
    await mkdir(program, { recursive: true });
    assert.equal(bundledWeightsFile(program), file(beside));
    for (const folder of [above, beside]) {
      await mkdir(folder);
      await writeFile(file(folder), '');
      assert.equal(bundledWeightsFile(program), file(folder));
    }
  });

  test('is what efficientnet-lite0 starts from, and no other network; a file that is named goes before it', () => {
    assert.equal(pretrainedFile({ name: 'efficientnet-lite0' }, root), bundledWeightsFile());
    assert.equal(pretrainedFile({ name: 'compact' }, root), undefined);
    for (const name of ['efficientnet-lite0', 'compact'])
      assert.equal(pretrainedFile({ name, pretrained: 'w.safetensors' }, root), path.join(root, 'w.safetensors'));
  });

  test('is refused where it is missing, cut off or changed, with what to do', async () => {
    const file = path.join(root, bundledWeights.file);
    const refused = async (why: RegExp) => {
      await assert.rejects(readBundledWeights(file), why);
      await assert.rejects(readBundledWeights(file), remedy);
    };
    await refused(/efficientnet-lite0\.safetensors: there is no such file/);
    await writeFile(file, Buffer.alloc(100));
    await refused(/efficientnet-lite0\.safetensors: it is not the pretrained encoder as it was shipped/);
    if (!hasBundledWeights()) return;
    const whole = await readFile(bundledWeightsFile());
    await writeFile(file, whole);
    assert.equal((await readBundledWeights(file)).length, whole.length);
    await writeFile(file, whole.subarray(0, -1));
    await refused(/cut off or changed/);
    whole[whole.length >> 1] ^= 1;
    await writeFile(file, whole);
    await refused(/cut off or changed/);
  });

  test('has 240 tensors of the encoder, filters of 16 bits among them, and says where it comes from', async function () {
    if (!existsSync(bundledWeightsFile())) this.skip();
    const { tensors, metadata } = decodeTensors(await readBundledWeights(bundledWeightsFile()));
    assert.equal(Object.keys(tensors).length, 240);
    assert.deepEqual(tensors['encoder.stem.weight'].shape, [32, 3, 3, 3]);
    assert.deepEqual(tensors['encoder.blocks.15.project.norm.running_var'].shape, [320]);
    assert.equal(metadata.licence, 'Apache-2.0');
  });

  test('is named as such by the error of training', async () => {
    await assert.rejects(
      readPretrained(bundledWeightsFile(), root, []),
      /^Error: network: cannot use .*efficientnet-lite0\.safetensors: /,
    );
  });
});
