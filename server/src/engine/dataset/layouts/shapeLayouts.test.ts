import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { LayoutName } from '../../experiment/experimentSchema';
import { photo, writeTree } from '../testing/datasetTrees';
import { resolveClasses } from './classList';
import { layouts, listPairs } from '.';

const [width, height] = [24, 18];
const limits = { megapixels: 1, fileSize: 10 };
const classes = resolveClasses([
  { name: 'car', values: [1], colour: '#ff0000' },
  { name: 'road', values: [2], colour: '#808080' },
]);
/** A square of 36 pixels, as COCO and as LabelMe write its corners. */
const square = [2, 2, 8, 2, 8, 8, 2, 8];
const corners = [
  [2, 2],
  [8, 2],
  [8, 8],
  [2, 8],
];

suite('annotation files of other programs as labels', () => {
  let root: string;
  setup(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'labelless-shapes-'));
  });
  teardown(() => rm(root, { recursive: true, force: true }));

  /** By image: the number of pixels of each class, and what is left out. */
  async function read(layout: LayoutName, images = 'images', labels = 'annotations.json') {
    const found = await listPairs({ layout, root: '.', images, labels }, root, 'source');
    const relative = (file: string) => path.relative(root, file).replaceAll(path.sep, '/');
    const pixels: Record<string, number[]> = {};
    const faults: string[] = [];
    for (const pair of found.pairs) {
      const map = await layouts[layout].decode(pair, classes, limits);
      assert.deepEqual([map.width, map.height], [width, height]);
      pixels[relative(pair.image)] = classes.definitions.map(
        (_, of) => map.classes.filter(index => index === of).length,
      );
      faults.push(...(map.faults ?? []));
    }
    return {
      pixels,
      faults,
      unlisted: found.imagesWithoutLabels.map(relative),
      orphans: found.labelsWithoutImage.map(relative),
      undecided: found.undecidedLabels.map(relative),
      fileFaults: (found.faults ?? []).map(({ reason }) => reason),
    };
  }
  const coco = (images: object[], annotations: object[]) =>
    JSON.stringify({ images, annotations, categories: [{ id: 1, name: 'car' }] });
  const image = (name: string, id: number | string = 1) => ({ id, file_name: name, width, height });
  const annotation = (of: number | string = 1, more: object = {}) => ({
    id: 5,
    image_id: of,
    category_id: 1,
    segmentation: [square],
    ...more,
  });

  test('COCO: the paths of images in any spelling, and with folders before them', async () => {
    await writeTree(root, {
      'images/sub/a.png': await photo(width, height),
      'images/b.png': await photo(width, height),
    });
    for (const [first, second] of [
      ['sub/a.png', 'b.png'],
      ['sub\\a.png', '.\\b.png'],
      ['./sub/a.png', './b.png'],
      ['images/sub/a.png', 'images/b.png'],
      ['C:\\set\\images\\sub\\a.png', 'C:\\set\\images\\b.png'],
      ['/home/other/sub/a.png', '/home/other/b.png'],
      ['a.png', 'b.png'],
    ]) {
      await writeTree(root, {
        'annotations.json': coco([image(first, 1), image(second, 2)], [annotation(1), annotation(2)]),
      });
      assert.deepEqual(
        await read('coco'),
        {
          pixels: { 'images/b.png': [36, 0], 'images/sub/a.png': [36, 0] },
          faults: [],
          unlisted: [],
          orphans: [],
          undecided: [],
          fileFaults: [],
        },
        first,
      );
    }
  });

  test('COCO: one name in two folders, and names that fit several images', async () => {
    const picture = await photo(width, height);
    await writeTree(root, {
      'day/1.png': picture,
      'night/1.png': picture,
      'annotations.json': coco([image('day/1.png', 1), image('night/1.png', 2)], [annotation(2)]),
    });
    assert.deepEqual((await read('coco', '.')).pixels, { 'day/1.png': [0, 0], 'night/1.png': [36, 0] });
    const { pixels, orphans } = await read('coco', 'night');
    assert.deepEqual([pixels, orphans], [{ 'night/1.png': [36, 0] }, ['night/day/1.png']]);
    await writeTree(root, { 'annotations.json': coco([image('1.png')], [annotation()]) });
    const unclear = await read('coco', '.');
    assert.deepEqual(
      [unclear.pixels, unclear.undecided, unclear.unlisted],
      [{}, ['1.png'], ['day/1.png', 'night/1.png']],
    );
  });

  test('COCO: names composed otherwise, and an image that is listed twice', async () => {
    await writeTree(root, {
      'images/cafe\u0301.png': await photo(width, height),
      'annotations.json': coco(
        [image('caf\u00e9.png', 1), image('./caf\u00e9.png', 2)],
        [annotation(1), annotation(2, { segmentation: [[12, 2, 14, 2, 14, 4, 12, 4]] })],
      ),
    });
    assert.deepEqual((await read('coco')).pixels, { 'images/cafe\u0301.png': [40, 0] });
  });

  test('COCO: what one entry lacks is named, the rest is used', async () => {
    const picture = await photo(width, height);
    await writeTree(root, { 'images/a.png': picture, 'images/b.png': picture });
    const variants: [object[], object[], file: RegExp[], labels: RegExp[]][] = [
      [[image('a.png')], [annotation(), { id: 7, image_id: 1, category_id: 1 }], [], [/annotation 7: .*segmentation/]],
      [[image('a.png')], [annotation(), annotation(1, { segmentation: null })], [], [/annotation 5: .*segmentation/]],
      [[image('a.png'), { id: 2, file_name: 'b.png' }], [annotation()], [], []],
      [[image('a.png', 'x')], [annotation('x')], [], []],
      [[image('a.png')], [annotation(), annotation(9)], [/annotation 5: no image with the id 9/], []],
      [[image('a.png'), { id: 3 }], [annotation()], [/image 3: .*file_name/], []],
      [[image('a.png')], [annotation(1, { area: NaN })], [], []],
    ];
    for (const [images, annotations, file, labels] of variants) {
      await writeTree(root, { 'annotations.json': coco(images, annotations).replace('"area":null', '"area":NaN') });
      const found = await read('coco');
      assert.deepEqual(found.pixels['images/a.png'], [36, 0]);
      assert.equal(found.fileFaults.length, file.length, found.fileFaults.join());
      assert.equal(found.faults.length, labels.length, found.faults.join());
      file.forEach((reason, index) => assert.match(found.fileFaults[index], reason));
      labels.forEach((reason, index) => assert.match(found.faults[index], reason));
    }
  });

  test('LabelMe: without a size, of version 3, and with a byte-order mark', async () => {
    await writeTree(root, { 'images/a.png': await photo(width, height) });
    const shape = { label: 'car', points: corners };
    for (const text of [
      JSON.stringify({ version: '5.5.0', shapes: [{ ...shape, shape_type: 'polygon' }], imagePath: 'a.png' }),
      JSON.stringify({ shapes: [{ ...shape, shape_type: 'polygon' }], imageWidth: null, imageHeight: null }),
      JSON.stringify({ shapes: [{ ...shape, line_color: null, fill_color: null }], lineColor: [0, 255, 0, 128] }),
      `\uFEFF${JSON.stringify({ shapes: [shape], imageWidth: width, imageHeight: height })}`,
      `{"shapes": [${JSON.stringify(shape)},], /* by hand */}`,
    ]) {
      await writeTree(root, { 'images/a.json': text });
      assert.deepEqual((await read('labelme', 'images', 'images')).pixels, { 'images/a.png': [36, 0] }, text);
    }
  });

  test('LabelMe: shapes of other types are drawn, or named; the others stay', async () => {
    await writeTree(root, { 'images/a.png': await photo(width, height) });
    const polygon = { label: 'car', shape_type: 'polygon', points: corners };
    const roadOf = async (shape: object) => {
      const shapes = [polygon, { label: 'road', ...shape }];
      await writeTree(root, { 'images/a.json': JSON.stringify({ shapes, imageWidth: width, imageHeight: height }) });
      const { pixels, faults } = await read('labelme', 'images', 'images');
      const [car, road] = pixels['images/a.png'];
      assert.equal(car, 36);
      return faults.length > 0 ? faults.join() : road;
    };
    const tilted = [
      [12, 6],
      [16, 2],
      [20, 6],
      [16, 10],
    ];
    const box = [
      [10, 3],
      [15, 3],
      [15, 8],
      [10, 8],
    ];
    assert.equal(await roadOf({ shape_type: 'rectangle', points: box }), 25);
    assert.equal(await roadOf({ shape_type: 'oriented_rectangle', points: tilted }), 32);
    assert.equal(await roadOf({ shape_type: 'rotation', points: tilted, direction: 0.785 }), 32);
    const bitmap = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAcAAAAFAQAAAACh4ct1AAAADUlEQVR4nGP4x8QAgQAJIAEHNORfYwAAAABJRU5ErkJggg==',
      'base64',
    );
    const mask = { shape_type: 'mask', mask: bitmap.toString('base64'), points: [[10, 4], [16, 8]] }; // prettier-ignore
    assert.equal(await roadOf(mask), 35);
    assert.match(String(await roadOf({ shape_type: 'linestrip', points: box })), /shape 2 .road.: lines have no area/);
    assert.match(String(await roadOf({ shape_type: 'cuboid', points: box })), /shape 2 .road.: .*cuboid/);
  });
});
