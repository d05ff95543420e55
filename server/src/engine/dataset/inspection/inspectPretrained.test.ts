import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { experimentSchema } from '../../experiment/experimentSchema';
import { inspectPretrained } from './inspectPretrained';

suite('the file of pretrained weights', () => {
  let root: string;
  setup(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'labelless-weights-'));
  });
  teardown(() => rm(root, { recursive: true, force: true }));

  const inspect = (pretrained?: string) =>
    inspectPretrained(experimentSchema.parse({ source: {}, classes: 'camvid11', network: { pretrained } }), root);

  test('is looked for beside the experiment; one that is missing or no file is an error', async () => {
    await writeFile(path.join(root, 'there.safetensors'), '');
    assert.deepEqual(await inspect('there.safetensors'), []);
    assert.deepEqual(await inspect(), []);
    const [missing] = await inspect('none.safetensors');
    assert.deepEqual([missing.path, missing.severity], [['network', 'pretrained'], 'error']);
    assert.equal(missing.message, `${path.join(root, 'none.safetensors')}: there is no such file.`);
    const [folder] = await inspect('.');
    assert.match(folder.message, /it is a folder, not a file\.$/);
  });
});
