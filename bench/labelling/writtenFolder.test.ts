import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { photo } from '../../server/src/engine/dataset/testing/datasetTrees';
import { layouts } from '../../server/src/engine/dataset/layouts';
import { resolveClasses } from '../../server/src/engine/dataset/layouts/classList';
import { dataLimits } from '../../server/src/engine/dataset/layouts/dataLimits';
import { loadImage } from '../../server/src/engine/image/loadImage';
import { folderClasses, writeApproved, writtenDefinitions, writeFolder } from './writtenFolder';

suite('a folder that a simulated person labelled', () => {
  let root: string;
  setup(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'labelless-labelled-'));
  });
  teardown(() => rm(root, { recursive: true, force: true }));

  test('has approved masks that read back as the classes of the regions, and images without', async () => {
    const classes = resolveClasses('camvid11');
    const names = ['a.png', 'b.png'];
    for (const name of names) await writeFile(path.join(root, name), await photo(4, 2));
    const folder = path.join(root, 'labelled');
    const files = names.map(name => path.join(root, name));
    await writeFolder(folder, files, folderClasses(classes));
    const regions = { width: 4, height: 2, count: 3, ids: Uint16Array.of(0, 1, 1, 2, 0, 1, 1, 2) };
    const levels = Float32Array.of(0.9, 0.8);
    const hierarchy = { count: 3, left: Uint32Array.of(0, 3), right: Uint32Array.of(1, 2), levels };
    const truth = Uint8Array.of(10, 0, 0, 255, 10, 3, 0, 255);
    const known = { image: await loadImage(files[0], dataLimits), cuttable: { regions, hierarchy }, truth };
    assert.equal(await writeApproved(folder, known, folderClasses(classes), { granularity: 1 }), 2);

    const { labelless } = layouts;
    const { pairs, imagesWithoutLabels } = await labelless.list(folder, folder, 'approved');
    assert.deepEqual([pairs.map(({ image }) => path.basename(image)), imagesWithoutLabels.length], [['a.png'], 1]);
    const written = resolveClasses(writtenDefinitions(classes));
    const read = await labelless.decode(pairs[0], written, dataLimits);
    assert.deepEqual([...read.classes], [10, 0, 0, 255, 10, 0, 0, 255]);

    assert.equal(await writeApproved(folder, known, folderClasses(classes), { priceOfClick: 4 }), 1);
    const coarser = await labelless.decode(pairs[0], written, dataLimits);
    assert.deepEqual([...coarser.classes], new Array(8).fill(0), 'one node, which one click takes');
  });
});
