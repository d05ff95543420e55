import assert from 'node:assert/strict';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { LayoutName } from '../../experiment/experimentSchema';
import { grey, photo, writeTree } from '../testing/datasetTrees';
import { ownMask } from '../testing/ownMasks';
import { resolveClasses } from './classList';
import { layouts, listPairs } from '.';

const limits = { megapixels: 1, fileSize: 10 };
const classes = resolveClasses([
  { name: 'sky', values: [1], colour: '#0000ff' },
  { name: 'road', values: [2], colour: '#808080' },
]);

suite('masks of Labelless as labels', () => {
  let root: string;
  setup(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'labelless-masks-'));
    await writeTree(root, { 'images/a.png': await photo(3, 1), 'RGB/a.png': await photo(3, 1) });
  });
  teardown(() => rm(root, { recursive: true, force: true }));

  async function read(layout: LayoutName = 'folders', images = 'images', labels = 'labels', list = classes) {
    const { pairs } = await listPairs({ layout, root: '.', images, labels }, root, 'source');
    assert.deepEqual(pairs.length, 1);
    const { classes: map, unknown, named } = await layouts[layout].decode(pairs[0], list, limits);
    return { map: [...map], unknown: Object.fromEntries(unknown), named };
  }

  test('the names of labels count, not their values, in every layout of label images', async () => {
    await writeTree(path.join(root, 'labels'), ownMask('a', 3, [2, 1, 0], { 1: 'Road', 2: ' sky' }));
    for (const layout of ['folders', 'gta5', 'synthia', 'camvid'] as const)
      assert.deepEqual(await read(layout), { map: [0, 1, 255], unknown: {}, named: true }, layout);
  });

  test('so they do beside the images, and in a mask that was saved under a name of its own', async () => {
    await writeTree(path.join(root, 'images'), ownMask('a', 3, [2, 1, 0], { 1: 'road', 2: 'sky' }));
    assert.deepEqual((await read('folders', 'images', 'images')).map, [0, 1, 255]);
    await writeTree(path.join(root, 'labels'), ownMask('a', 3, [2, 1, 0], { 1: 'road', 2: 'sky' }));
    for (const ending of ['png', 'json'])
      await rename(path.join(root, `labels/a.mask.${ending}`), path.join(root, `labels/a.${ending}`));
    assert.deepEqual((await read()).map, [0, 1, 255]);
  });

  test('names of no class are told with their pixels, labels without a name too; void is left out', async () => {
    await writeTree(path.join(root, 'labels'), ownMask('a', 3, [1, 2, 3], { 1: 'tree', 3: 'sky' }));
    assert.deepEqual(await read(), { map: [255, 255, 0], unknown: { tree: 1, '': 1 }, named: true });
    await writeTree(path.join(root, 'labels'), ownMask('a', 3, [1, 2, 2], { 1: 'void', 2: 'sky' }));
    assert.deepEqual(await read(), { map: [255, 0, 0], unknown: {}, named: true });
    await writeTree(path.join(root, 'labels'), ownMask('a', 3, [1, 1, 2]));
    assert.deepEqual(await read(), { map: [255, 255, 255], unknown: { '': 3 }, named: true });
  });

  test('the background is the class of that name, where there is one', async () => {
    await writeTree(path.join(root, 'labels'), ownMask('a', 3, [0, 1, 1], { 1: 'sky' }));
    const list = resolveClasses([...classes.definitions, { name: 'Background', values: [7], colour: '#000000' }]);
    assert.deepEqual((await read('folders', 'images', 'labels', list)).map, [2, 0, 0]);
  });

  test("values count in a mask of another program's label image, and without a sidecar", async () => {
    await writeTree(path.join(root, 'labels'), ownMask('a', 3, [1, 2, 9], {}, { from: 'elsewhere' }));
    assert.deepEqual(await read(), { map: [0, 1, 255], unknown: { 9: 1 }, named: undefined });
    await writeTree(path.join(root, 'labels'), ownMask('a', 3, [1, 2, 9], { 9: 'sky' }, { from: 'elsewhere' }));
    assert.deepEqual((await read()).map, [0, 1, 0]);
    await rm(path.join(root, 'labels/a.mask.json'));
    assert.deepEqual((await read()).map, [0, 1, 255]);
  });

  test('a sidecar that cannot be used is named; beside a plain label image the file may be anything', async () => {
    await writeTree(path.join(root, 'labels'), ownMask('a', 3, [2, 1, 0], { 1: 'sky', 2: 'road' }));
    const sidecar = path.join(root, 'labels/a.mask.json');
    const sound = await readFile(sidecar, 'utf8');
    await writeFile(sidecar, `<<<<<<< ours\n${sound}`);
    await assert.rejects(read(), /^ImageError: a\.mask\.png: its names are unknown, as a\.mask\.json cannot be used: /);
    await writeFile(sidecar, `\uFEFF${sound}`);
    assert.deepEqual((await read()).map, [1, 0, 255]);
    await writeFile(sidecar, sound);
    await writeFile(path.join(root, 'labels/a.mask.png'), grey(3, [1, 1, 1]));
    await assert.rejects(read(), /cannot be used: the mask was changed since it was written/);
    await rm(path.join(root, 'labels'), { recursive: true });
    await writeTree(root, { 'labels/a.png': grey(3, [1, 2, 255]), 'labels/a.json': '{"shapes": [' });
    assert.deepEqual((await read()).map, [0, 1, 255]);
  });
});
