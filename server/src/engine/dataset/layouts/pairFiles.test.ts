import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { LayoutName } from '../../experiment/experimentSchema';
import { grey, photo, writeTree } from '../testing/datasetTrees';
import { ownMask } from '../testing/ownMasks';
import { listPairs } from '.';

suite('images and their labels by name', () => {
  let root: string;
  setup(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'labelless-pairs-'));
  });
  teardown(() => rm(root, { recursive: true, force: true }));

  async function list(layout: LayoutName, images = 'images', labels = 'labels') {
    const found = await listPairs({ layout, root: '.', images, labels }, root, 'source');
    const relative = (file: string) => path.relative(root, file).replaceAll(path.sep, '/');
    return {
      pairs: Object.fromEntries(found.pairs.map(({ image, label }) => [relative(image), relative(label.file)])),
      bare: found.imagesWithoutLabels.map(relative),
      orphans: found.labelsWithoutImage.map(relative),
      undecided: found.undecidedLabels.map(relative),
    };
  }
  const labelme = (imagePath: string) => JSON.stringify({ shapes: [], imagePath, imageWidth: 2, imageHeight: 1 });

  test('of images with one stem each has the label with its whole name', async () => {
    const [picture, map] = [await photo(2, 1), grey(2, [0, 1])];
    await writeTree(root, {
      'images/photo.jpg': await photo(2, 1, 'jpeg'),
      'images/photo.png': picture,
      'images/photo.jpg.json': labelme('photo.jpg'),
      'images/photo.png.json': labelme('photo.png'),
      'images/photo.jpg.mask.png': map,
      'images/photo.png.mask.png': map,
      'labels/photo.jpg.png': map,
      'labels/photo.png.png': map,
    });
    const paired = (ending: string, folder = 'images') => ({
      pairs: {
        'images/photo.jpg': `${folder}/photo.jpg${ending}`,
        'images/photo.png': `${folder}/photo.png${ending}`,
      },
      bare: [],
      orphans: [],
      undecided: [],
    });
    assert.deepEqual(await list('folders', 'images', 'images'), paired('.mask.png'));
    assert.deepEqual(await list('labelme', 'images', 'images'), paired('.json'));
    for (const layout of ['folders', 'gta5', 'synthia', 'camvid'] as const)
      assert.deepEqual(await list(layout), paired('.png', 'labels'), layout);
  });

  test('a label with the stem alone is of the image that no other label has, or that it names, or of none', async () => {
    const map = grey(2, [0, 1]);
    await writeTree(root, {
      'images/photo.jpg': await photo(2, 1, 'jpeg'),
      'images/photo.png': await photo(2, 1),
      'images/photo.mask.png': map,
      'images/photo.png.mask.png': map,
      'labels/photo.png': map,
    });
    assert.deepEqual((await list('folders', 'images', 'images')).pairs, {
      'images/photo.jpg': 'images/photo.mask.png',
      'images/photo.png': 'images/photo.png.mask.png',
    });
    assert.deepEqual(await list('folders'), {
      pairs: {},
      bare: ['images/photo.jpg', 'images/photo.png'],
      orphans: [],
      undecided: ['labels/photo.png'],
    });
    await rm(path.join(root, 'images/photo.png.mask.png'));
    await writeTree(path.join(root, 'images'), ownMask('photo', 2, [1, 2], {}, { image: 'photo.png' }));
    assert.deepEqual((await list('folders', 'images', 'images')).pairs, {
      'images/photo.png': 'images/photo.mask.png',
    });
    await writeTree(root, { 'images/photo.json': labelme('..\\images\\photo.jpg') });
    assert.deepEqual((await list('labelme', 'images', 'images')).pairs, { 'images/photo.jpg': 'images/photo.json' });
  });

  test("labels from elsewhere come before a mask of Labelless's own, and the other is told", async () => {
    const map = grey(2, [0, 1]);
    await writeTree(root, { 'images/a.jpg': await photo(2, 1), 'labels/a.png': map, 'labels/a.mask.png': map });
    const { pairs, orphans, undecided } = await list('folders');
    assert.deepEqual([pairs, orphans, undecided], [{ 'images/a.jpg': 'labels/a.png' }, [], ['labels/a.mask.png']]);
  });

  test('names composed otherwise, or in other case, are the same name, unless the very name is there', async () => {
    const [composed, decomposed] = ['caf\u00e9', 'cafe\u0301'];
    const [picture, map] = [await photo(2, 1), grey(2, [0, 1])];
    await writeTree(root, {
      [`images/${decomposed}.png`]: picture,
      [`labels/${composed}.png`]: map,
      'images/Tree.JPG': picture,
      'labels/tree.PNG': map,
      'images/b.png': picture,
      'labels/b.png': map,
    });
    assert.deepEqual((await list('folders')).pairs, {
      'images/Tree.JPG': 'labels/tree.PNG',
      'images/b.png': 'labels/b.png',
      [`images/${decomposed}.png`]: `labels/${composed}.png`,
    });
    await writeTree(root, { [`images/${composed}.png`]: picture });
    const { pairs, bare } = await list('folders');
    assert.equal(pairs[`images/${composed}.png`], `labels/${composed}.png`);
    assert.deepEqual(bare, [`images/${decomposed}.png`]);
  });

  test('what macOS adds is no image; linked folders are followed once, and loops end', async () => {
    const [picture, map] = [await photo(2, 1), grey(2, [0, 1])];
    await writeTree(root, {
      'images/city/a.png': picture,
      'images/city/._a.png': picture,
      'images/__MACOSX/city/a.png': picture,
      'labels/city/a.png': map,
      'elsewhere/b.png': picture,
      'labels/more/b.png': map,
      'aside/c.png': picture,
      'labels/c.png': map,
    });
    await symlink(path.join(root, 'elsewhere'), path.join(root, 'images/more'));
    await symlink(path.join(root, 'elsewhere'), path.join(root, 'images/once more'));
    await symlink(path.join(root, 'images'), path.join(root, 'images/city/loop'));
    await symlink(path.join(root, 'images/city'), path.join(root, 'images/alias'));
    await symlink(path.join(root, 'aside/c.png'), path.join(root, 'images/c.png'));
    await mkdir(path.join(root, 'images/empty'));
    assert.deepEqual(await list('folders'), {
      pairs: {
        'images/c.png': 'labels/c.png',
        'images/city/a.png': 'labels/city/a.png',
        'images/more/b.png': 'labels/more/b.png',
      },
      bare: [],
      orphans: [],
      undecided: [],
    });
  });
});
