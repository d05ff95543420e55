import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import type { Experiment, LayoutName } from '../../experiment/experimentSchema';
import { resolveClasses } from './classList';
import type { DecodedLabels, DatasetRole } from './layout';
import { checkClassesFitLayout, listPairs } from '.';
import { coloured, grey, grey16, indexed, instances, photo, writeTree } from '../testing/datasetTrees';
import { layouts } from './index';

const limits = { megapixels: 1, fileSize: 10 };
const own: Experiment['classes'] = [
  { name: 'Background', values: [0], colour: '#010101' },
  { name: 'dog', values: [17, 300], colour: '#ff0000' },
  { name: 'cat', values: [4], colour: '#00ff00' },
];

suite('layouts of labelled data', () => {
  let root: string;
  setup(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'labelless-layouts-'));
  });
  teardown(() => rm(root, { recursive: true, force: true }));

  /** Reads the names of the pairs found, and the labels of the first one. */
  async function read(
    layout: LayoutName,
    classes: Experiment['classes'],
    { role = 'source', ...given }: { role?: DatasetRole; images?: string; labels?: string } = {},
  ) {
    const found = await listPairs({ layout, root: '.', ...given }, root, role);
    const relative = (files: readonly string[]) =>
      files.map(file => path.relative(root, file).replaceAll(path.sep, '/'));
    const decoded = await layouts[layout].decode(found.pairs[0], resolveClasses(classes), limits);
    return {
      images: relative(found.pairs.map(({ image }) => image)),
      bare: relative(found.imagesWithoutLabels),
      orphans: relative(found.labelsWithoutImage),
      decoded,
    };
  }
  const rows = ({ width, classes }: DecodedLabels) =>
    Array.from({ length: classes.length / width }, (_, y) => [...classes.subarray(y * width, (y + 1) * width)]);

  test("GTA5: palette indices are label ids of Cityscapes, whatever the palette's colours", async () => {
    await writeTree(root, {
      'images/00001.png': await photo(3, 2),
      'images/00002.png': await photo(3, 2),
      'labels/00001.png': indexed(3, [7, 8, 11, 33, 0, 99]),
      'labels/00003.png': indexed(1, [7]),
    });
    const { images, bare, orphans, decoded } = await read('gta5', 'cityscapes19');
    assert.deepEqual([images, bare, orphans], [['images/00001.png'], ['images/00002.png'], ['labels/00003.png']]);
    assert.deepEqual(rows(decoded), [
      [0, 1, 2],
      [18, 255, 255],
    ]);
    assert.deepEqual([...decoded.unknown], [['99', 1]]);
  });

  test('SYNTHIA: the first of the channels of 16 bits, numbered as SYNTHIA does', async () => {
    await writeTree(root, {
      'RGB/0000000.png': await photo(3, 2),
      'GT/LABELS/0000000.png': instances(3, [
        [3, 900],
        [4, 1],
        [1, 65535],
        [11, 2],
        [22, 7],
        [10, 3],
      ]),
    });
    assert.deepEqual(rows((await read('synthia', 'cityscapes19')).decoded), [
      [0, 1, 10],
      [18, 255, 11],
    ]);
    assert.deepEqual(
      rows(
        (
          await read('synthia', [
            { ...own[1], values: [3] },
            { ...own[2], values: [11, 10] },
          ])
        ).decoded,
      ),
      [
        [0, 255, 255],
        [1, 255, 1],
      ],
    );
  });

  test('Cityscapes: cities in splits, train to learn from and val to measure on', async () => {
    await writeTree(root, {
      'leftImg8bit/train/bonn/bonn_000000_leftImg8bit.png': await photo(2, 1),
      'gtFine/train/bonn/bonn_000000_gtFine_labelIds.png': grey(2, [23, 4]),
      'gtFine/train/bonn/bonn_000000_gtFine_color.png': await photo(2, 1),
      'leftImg8bit/val/ulm/ulm_000000_leftImg8bit.png': await photo(2, 1),
      'gtFine/val/ulm/ulm_000000_gtFine_labelIds.png': grey(2, [26, 31]),
    });
    const train = await read('cityscapes', 'cityscapes19');
    assert.deepEqual(
      [train.images, rows(train.decoded), train.orphans],
      [['leftImg8bit/train/bonn/bonn_000000_leftImg8bit.png'], [[10, 255]], []],
    );
    assert.deepEqual(rows((await read('cityscapes', 'cityscapes19', { role: 'evaluation' })).decoded), [[13, 16]]);
    assert.equal(
      (await read('cityscapes', 'cityscapes19', { images: 'leftImg8bit', labels: 'gtFine' })).images.length,
      2,
    );
  });

  test("CamVid: 32 colours gathered into 11 classes, or SegNet's values", async () => {
    await writeTree(root, {
      'train/b.png': await photo(4, 1),
      'trainannot/b.png': grey(4, [0, 10, 11, 8]),
      'val/c.png': await photo(1, 1),
      'valannot/c.png': grey(1, [3]),
    });
    assert.deepEqual(rows((await read('camvid', 'camvid11')).decoded), [[0, 10, 255, 8]]);
    assert.deepEqual(rows((await read('camvid', 'camvid11', { role: 'evaluation' })).decoded), [[3]]);
    await writeTree(root, {
      '701_StillsRaw_full/0001TP_006690.png': await photo(4, 2),
      'LabeledApproved_full/0001TP_006690_L.png': coloured(
        4,
        [0x808080, 0x40c000, 0xc080c0, 0xc000c0, 0x000000, 0x8000c0, 0x8080c0, 0x123456],
      ),
    });
    const { images, decoded } = await read('camvid', 'camvid11');
    assert.deepEqual(images, ['701_StillsRaw_full/0001TP_006690.png']);
    assert.deepEqual(
      [rows(decoded), [...decoded.unknown]],
      [
        [
          [0, 1, 8, 10],
          [255, 3, 4, 255],
        ],
        [['#123456', 1]],
      ],
    );
  });

  test('two folders: subfolders, several values a class, 16 bits, few bits, and colours', async () => {
    await writeTree(root, {
      'images/a/x.jpg': await photo(4, 1, 'jpeg'),
      'labels/a/x.png': grey16(4, [300, 17, 4, 65535]),
      'labels/x.png': grey(1, [0]),
    });
    const { images, orphans, decoded } = await read('folders', own);
    assert.deepEqual([images, orphans, rows(decoded)], [['images/a/x.jpg'], ['labels/x.png'], [[1, 1, 2, 255]]]);
    assert.deepEqual([...decoded.unknown], [['65535', 1]]);
    await writeTree(root, { 'labels/a/x.png': coloured(4, [0x010101, 0xff0000, 0x00ff00, 0x0000ff]) });
    assert.deepEqual(rows((await read('folders', own)).decoded), [[0, 1, 2, 255]]);
    // 4 bits a pixel, indexed: libvips writes so few for so few colours.
    await writeTree(root, {
      'labels/a/x.png': await sharp(Buffer.from(coloured(4, [0x010101, 0xff0000, 0x00ff00, 0x0000ff])))
        .png({ palette: true, colours: 4 })
        .toBuffer(),
    });
    const few = (
      await read(
        'folders',
        [0, 1, 2, 3].map(value => ({ name: `v${value}`, values: [value], colour: '#000000' })),
      )
    ).decoded;
    assert.deepEqual([[...few.classes].sort(), few.unknown.size], [[0, 1, 2, 3], 0]);
  });

  test('masks of Labelless beside the images are their labels', async () => {
    await writeTree(root, {
      'a.jpg': await photo(2, 1, 'jpeg'),
      'a.mask.png': indexed(2, [0, 4]),
      'a.overlay.png': await photo(2, 1),
      'b.png': await photo(2, 1),
    });
    const { images, bare, decoded } = await read('folders', own, { images: '.', labels: '.' });
    assert.deepEqual([images, bare, rows(decoded)], [['a.jpg'], ['b.png'], [[0, 2]]]);
  });

  test('LabelMe: polygons, rectangles and circles by class name, later over earlier', async () => {
    const shapes = [
      {
        label: 'DOG',
        points: [
          [0, 0],
          [4, 0],
          [4, 2],
          [0, 2],
        ],
      },
      {
        label: 'cat',
        shape_type: 'rectangle',
        points: [
          [3, 3],
          [1, 1],
        ],
      },
      {
        label: 'bird',
        shape_type: 'circle',
        points: [
          [6, 2],
          [6, 3.2],
        ],
      },
      { label: 'dog', shape_type: 'point', points: [[5, 3]] },
    ];
    await writeTree(root, {
      'a.jpg': await photo(8, 4, 'jpeg'),
      'a.json': JSON.stringify({ version: '5', shapes, imageWidth: 8, imageHeight: 4, imageData: null }),
    });
    const { decoded } = await read('labelme', own);
    assert.deepEqual(rows(decoded), [
      [1, 1, 1, 1, 0, 0, 0, 0],
      [1, 2, 2, 1, 0, 255, 255, 0],
      [0, 2, 2, 0, 0, 255, 255, 0],
      [0, 0, 0, 0, 0, 0, 0, 0],
    ]);
    assert.deepEqual([...decoded.unknown], [['bird', 4]]);
    await writeTree(root, {
      'a.json': JSON.stringify({
        shapes: [{ label: 'dog', points: 'none' }, ...shapes],
        imageWidth: 8,
        imageHeight: 4,
      }),
    });
    const again = (await read('labelme', own)).decoded;
    assert.deepEqual(rows(again), rows(decoded));
    assert.deepEqual(again.faults, ['shape 1 “dog”: without a list of points', 'shape 5 “dog”: points have no area']);
    await writeTree(root, { 'a.json': JSON.stringify({ shapes, imageWidth: null }) });
    assert.deepEqual(rows((await read('labelme', own)).decoded), rows(decoded), "on the picture's own size");
    await writeTree(root, { 'a.json': '{"shapes": [], "imageWidth": 80000, "imageHeight": 40000}' });
    await assert.rejects(read('labelme', own), /80000×40000 pixels, above the limit/);
  });

  test('COCO: polygons and run lengths by category name, small before large', async () => {
    const annotations = [
      { image_id: 5, category_id: 3, segmentation: [[1, 0, 2, 0, 2, 1, 1, 1]] },
      { image_id: 5, category_id: 2, segmentation: [[0, 0, 3, 0, 3, 2, 0, 2]] },
      { image_id: 5, category_id: 3, segmentation: { size: [3, 4], counts: [8, 1, 2, 1] }, iscrowd: 1 },
      { image_id: 5, category_id: 9, segmentation: { size: [3, 4], counts: '91' } }, // 9 without, 1 with: does not fill
    ];
    const file = (list: unknown[]) =>
      JSON.stringify({
        images: [
          { id: 5, file_name: 'a.jpg', width: 4, height: 3 },
          { id: 6, file_name: 'gone.jpg', width: 4, height: 3 },
        ],
        categories: [
          { id: 2, name: 'dog' },
          { id: 3, name: 'cat' },
          { id: 9, name: 'bird' },
        ],
        annotations: list,
      });
    await writeTree(root, {
      'images/a.jpg': await photo(4, 3, 'jpeg'),
      'images/b.jpg': await photo(4, 3, 'jpeg'),
      'annotations.json': file(annotations.slice(0, 3)),
    });
    const { images, bare, orphans, decoded } = await read('coco', own);
    assert.deepEqual([images, bare, orphans], [['images/a.jpg'], ['images/b.jpg'], ['images/gone.jpg']]);
    assert.deepEqual(rows(decoded), [
      [1, 2, 1, 0],
      [1, 1, 1, 0],
      [0, 0, 2, 2],
    ]);
    await writeTree(root, { 'annotations.json': file(annotations) });
    assert.deepEqual(rows((await read('coco', own)).decoded), rows(decoded));
    await writeTree(root, {
      'annotations.json': file([{ image_id: 5, category_id: 77, segmentation: [[0, 0, 3, 0, 3, 1, 0, 1]] }]),
    });
    assert.deepEqual([...(await read('coco', own)).decoded.unknown], [['category 77', 3]]);
  });

  test('refuses built-in classes that a layout does not number, labels that are no PNG, and damaged ones', async () => {
    await writeTree(root, { 'images/a.png': await photo(2, 2), 'labels/a.png': await photo(2, 2, 'jpeg') });
    assert.throws(() => {
      checkClassesFitLayout(resolveClasses('camvid11'), 'gta5');
    }, /classes: camvid11 does not go with the layout gta5, .*; choose cityscapes19/);
    await assert.rejects(read('gta5', 'cityscapes19'), /a\.png: labels are PNG files, this is JPEG/);
    const whole = indexed(
      40,
      Array.from({ length: 1600 }, (_, p) => (p * p) % 34),
    );
    await writeTree(root, { 'labels/a.png': whole.subarray(0, whole.length / 2) });
    await assert.rejects(read('gta5', 'cityscapes19'), /a\.png: it is damaged or cut off/);
  });
});
