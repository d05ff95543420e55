import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { MaskDocument } from '../../../../mask/document/maskDocument';
import { encodeMask, stateFromLabels } from '../../../../mask/files/maskFiles';
import { cocoLabels } from '../../../../mask/formats/cocoLabels';
import { readCoco } from '../../../../mask/formats/readCoco';
import { usualView } from '../../../../mask/document/imageView';
import { areaOf } from '../../../../mask/shapes/shapes';
import { decodeMaskPng } from '../../../../mask/files/indexedPng';
import type { OutputFormat } from '../../../../protocol/names';
import { MaskSetExport, type SavedMask, commonFolder, exportNames } from './exportSet';
import { setProperties } from '../../../../mask/testing/randomMasks';
import { encodeNpy } from './encodeNpy';

const [width, height] = [12, 8];
const settings = { limits: { megapixels: 1, fileSize: 1 }, image: usualView };

suite('An export of saved masks', () => {
  let folder: string;
  const at = (name: string) => path.join(folder, name);

  /** Saves a picture and its mask of columns, which have these names; `undefined` is background. */
  async function save(name: string, names: readonly (string | undefined)[], size = width): Promise<SavedMask> {
    const [image, mask] = [at(name), at(name.replace(/\.\w+$/, '.mask.png'))];
    await mkdir(path.dirname(image), { recursive: true });
    await sharp({ create: { width: size, height, channels: 3, background: '#456789' } }).toFile(image);
    const labels = Uint16Array.from({ length: width * height }, (_, p) => {
      const column = Math.floor(((p % width) * names.length) / width);
      return names[column] === undefined ? 0 : column + 1;
    });
    const document = new MaskDocument(stateFromLabels({ width, height, labels, palette: null }));
    for (const { value, representative } of document.view().labels) {
      if (names[value - 1] !== '') setProperties(document, representative, { name: names[value - 1]! });
    }
    const { png, sidecar } = encodeMask(document, {
      image: { name, sha256: 'ab'.repeat(32) },
      version: '1',
      sha256: () => 'cd'.repeat(32),
    });
    await writeFile(mask, png);
    await writeFile(mask.replace('.png', '.json'), sidecar);
    return { image, mask };
  }

  async function run(masks: readonly SavedMask[], format: OutputFormat): Promise<MaskSetExport> {
    const set = new MaskSetExport(masks, format, at('out'), settings);
    for (const index of masks.keys()) await set.add(index);
    await set.finish();
    return set;
  }

  setup(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'labelless set-'));
  });
  teardown(() => rm(folder, { recursive: true }));

  test('is one COCO file, in which a name is a category in all images', async () => {
    const set = await run(
      [await save('a/x.png', ['sky', 'road']), await save('b/x.jpg', ['road', undefined, 'tree', ''])],
      'coco',
    );
    assert.deepEqual(
      [set.exported, set.failures, set.generated, set.written],
      [2, [], ['Region 4'], [at('out/labelless.coco.json')]],
    );
    const content = JSON.parse(await readFile(at('out/labelless.coco.json'), 'utf8')) as {
      categories: { id: number; name: string }[];
    };
    assert.deepEqual(
      content.categories.map(({ id, name }) => [id, name]),
      [
        [1, 'sky'],
        [2, 'road'],
        [3, 'tree'],
        [4, 'Region 4'],
      ],
    );
    const areas = [...readCoco(content).parts].map(([name, part]) => [
      name,
      cocoLabels(part, { width, height }).shapes.map(shape => [shape.name, areaOf(shape)]),
    ]);
    assert.deepEqual(areas, [
      [
        'a/x.png',
        [
          ['sky', 48],
          ['road', 48],
        ],
      ],
      [
        'b/x.jpg',
        [
          ['road', 24],
          ['tree', 24],
          ['Region 4', 24],
        ],
      ],
    ]);
    const ids = (
      JSON.parse(await readFile(at('out/labelless.coco.json'), 'utf8')) as { annotations: { id: number }[] }
    ).annotations.map(({ id }) => id);
    assert.deepEqual(ids, [1, 2, 3, 4, 5]);
  });

  test('tells images of one name apart in COCO, though their folders have one name too', async () => {
    const set = await run([await save('a/c/x.png', ['sky']), await save('b/c/x.png', ['road'])], 'coco');
    assert.deepEqual([set.exported, set.failures], [2, []]);
    const { images } = JSON.parse(await readFile(at('out/labelless.coco.json'), 'utf8')) as { images: object[] };
    assert.deepEqual(
      images.map(image => ({ ...image })),
      [
        { id: 1, file_name: 'a/c/x.png', width, height },
        { id: 2, file_name: 'b/c/x.png', width, height },
      ],
    );
  });

  test('leaves out images whose files would have one name', async () => {
    const masks = [await save('x.jpg', ['sky']), await save('x.png', ['road']), await save('x.jpg.jpg', ['tree'])];
    const set = await run(masks, 'yolo');
    assert.deepEqual(await readdir(at('out/labelless.yolo/labels')), ['x.png.txt']);
    assert.equal(set.failures.length, 2);
  });

  test("is one folder of VOC or YOLO, with YOLO's images, whatever folders the images are in", async () => {
    const masks = [
      await save('a/x.png', ['sky', 'road']),
      await save('b/x.png', ['road']),
      await save('b/y.png', ['tree', 'sky']),
    ];
    assert.deepEqual((await run(masks, 'voc')).written, [at('out/labelless.voc')]);
    assert.equal(await readFile(at('out/labelless.voc/ImageSets/Segmentation/trainval.txt'), 'utf8'), 'a_x\nb_x\ny\n');
    assert.deepEqual(
      new Set(decodeMaskPng(await readFile(at('out/labelless.voc/SegmentationClass/y.png'))).labels),
      new Set([3, 1]),
    );
    assert.deepEqual((await run(masks, 'yolo')).written, [at('out/labelless.yolo')]);
    assert.deepEqual((await readdir(at('out/labelless.yolo/images'))).sort(), ['a_x.png', 'b_x.png', 'y.png']);
    assert.deepEqual(await readFile(at('out/labelless.yolo/images/b_x.png')), await readFile(at('b/x.png')));
    assert.match(await readFile(at('out/labelless.yolo/labels/b_x.txt'), 'utf8'), /^1 /);
  });

  test('leaves out what cannot be exported, and says so of each image', async () => {
    const good = await save('good.png', ['sky']);
    const masks = [
      await save('small.png', ['sky'], 10),
      good,
      { image: at('gone.png'), mask: good.mask },
      { image: good.image, mask: at('gone.mask.png') },
    ];
    const set = await run(masks.slice(0, 3), 'npy');
    assert.equal(set.exported, 1);
    assert.match(set.failures[0], /small\.png: it has 10×8 pixels, its mask 12×8/);
    assert.match(set.failures[1], /gone\.png/);
    assert.deepEqual(await readdir(at('out')), ['good.mask.npy']);
    assert.match(
      set.notes.join('\n'),
      /good\.png: the image has changed since its mask was made\n.*good\.png: npy does not hold names and colours/,
    );
    const none = await run([masks[3]], 'coco');
    assert.match(none.failures[0], /good\.png: .*gone\.mask\.png/);
    assert.deepEqual(none.written, []);
  });

  test('replaces no file of others', async () => {
    await mkdir(at('out'));
    await writeFile(at('out/labelless.coco.json'), '{"mine": 1}');
    await assert.rejects(
      run([await save('a.png', ['sky'])], 'coco'),
      /labelless\.coco\.json exists and was not written by Labelless/,
    );
    assert.equal(await readFile(at('out/labelless.coco.json'), 'utf8'), '{"mine": 1}');
  });

  test('tells what of earlier exports it would replace, of other images too', async () => {
    const [one, other] = [await save('a/x.png', ['sky']), await save('b/x.png', ['road'])];
    const existing = (masks: readonly SavedMask[], format: OutputFormat, folder = at('out')): Promise<string[]> =>
      new MaskSetExport(masks, format, folder, settings).existing();
    const left = {
      coco: 'labelless.coco.json',
      voc: 'labelless.voc/SegmentationClass/x.png',
      yolo: 'labelless.yolo/labels/x.txt',
      npy: 'x.mask.npy',
      overlay: 'x.overlay.png',
      labelme: 'x.json',
      classes: 'x.mask.classes',
      mask: 'x.mask.png',
    } as const;
    for (const [format, file] of Object.entries(left) as [OutputFormat, string][]) {
      assert.deepEqual(await existing([other], format), [], format);
      await run([one], format);
      assert.deepEqual(await existing([other], format), [at(path.join('out', file))], format);
    }
    assert.deepEqual(
      await existing([await save('b/y.png', ['road']), await save('c/y.png', ['road'])], 'voc'),
      [],
      'with their folders before their names',
    );
    assert.deepEqual(await existing([one], 'mask', at('a')), [], 'a mask in its place is what it is');
    assert.deepEqual(await existing([other], 'mask', at('a')), [one.mask]);
  });
});

suite('Names of images that are exported together', () => {
  const root = path.resolve('/photos');
  const at = (...names: string[]) => names.map(name => path.join(root, name));

  test("are their own, or with their folder's where another has the same", () => {
    assert.deepEqual(exportNames(at('a/x.jpg', 'b/X.JPG', 'a/y.jpg', 'y.png')), [
      'a_x.jpg',
      'b_X.JPG',
      'y.jpg',
      'y.png',
    ]);
    assert.deepEqual(exportNames(at('a/c/x.jpg', 'b/c/x.jpg', 'z.jpg')), [undefined, undefined, 'z.jpg']);
    assert.deepEqual(exportNames(at('a/\u00e9.jpg', 'b/e\u0301.jpg')), ['a_\u00e9.jpg', 'b_e\u0301.jpg']);
    assert.deepEqual(exportNames(at('a/x.jpg', 'b/x.jpg', 'c/a_x.jpg')), [undefined, 'b_x.jpg', undefined]);
  });

  test('start at the folder that they have in common', () => {
    assert.equal(commonFolder(at('a/x.jpg', 'a/y.jpg')), path.join(root, 'a'));
    assert.equal(commonFolder(at('a/x.jpg', 'ab/y.jpg')), root);
    assert.equal(commonFolder(at('x.jpg', 'a/b/y.jpg')), root);
  });
});

function parse(file: Uint8Array) {
  const bytes = Buffer.from(file);
  const start = 10 + bytes.readUInt16LE(8);
  return {
    magic: bytes.subarray(0, 8),
    header: bytes.toString('latin1', 10, start),
    start,
    data: bytes.subarray(start),
  };
}

suite('NPY', () => {
  test('one byte a label where all fit, rows first', () => {
    const { magic, header, start, data } = parse(encodeNpy(Uint16Array.of(0, 1, 2, 3, 4, 255), 3, 2));
    assert.deepEqual([...magic], [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
    assert.equal(header.trimEnd(), "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 3), }");
    assert.equal(header.at(-1), '\n');
    assert.equal(start % 64, 0);
    assert.deepEqual([...data], [0, 1, 2, 3, 4, 255]);
  });

  test('two bytes, low one first, from label 256 on', () => {
    const { header, data } = parse(encodeNpy(Uint16Array.of(1, 0x1234), 2, 1));
    assert.match(header, /'<u2'.*\(1, 2\)/);
    assert.deepEqual([...data], [1, 0, 0x34, 0x12]);
  });

  test('refuses labels that do not fill the picture', () => {
    assert.throws(() => encodeNpy(new Uint16Array(5), 2, 3), /5 labels/);
  });
});
