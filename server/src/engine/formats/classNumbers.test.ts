import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { MaskDocument } from '../../../../mask/document/maskDocument';
import { decodeMaskPng, encodeMaskPng } from '../../../../mask/files/indexedPng';
import { stateFromLabels } from '../../../../mask/files/maskFiles';
import { setProperties } from '../../../../mask/testing/randomMasks';
import type { OutputFormat } from '../../../../protocol/names';
import { loadImage } from '../image/loadImage';
import { vocColour } from './classes/vocColours';
import { writeDocument, type OutputOptions } from './writeDocument';

const [width, height] = [24, 12];

suite('Classes of a folder that images are exported into', () => {
  let folder: string;
  const at = (name: string) => path.join(folder, name);
  const text = (name: string) => readFile(at(name), 'utf8');
  const png = async (name: string) => decodeMaskPng(await readFile(at(name)));

  /** Exports a picture with columns of these names, all of one colour. */
  async function write(
    file: string,
    format: OutputFormat,
    names: readonly string[],
    options: Partial<OutputOptions> = {},
  ) {
    await sharp({ create: { width, height, channels: 3, background: '#456789' } }).toFile(at(file));
    const labels = Uint16Array.from(
      { length: width * height },
      (_, p) => 1 + Math.floor(((p % width) * names.length) / width),
    );
    const document = new MaskDocument(stateFromLabels({ width, height, labels, palette: null }));
    for (const { value, representative } of document.view().labels)
      setProperties(document, representative, { name: names[value - 1], colour: '#e69f00' });
    const image = await loadImage(at(file), { megapixels: 1, fileSize: 1 });
    return writeDocument(image, document, { folder: at('out'), formats: [format], siblings: [], ...options });
  }

  /** The class numbers in a label file of YOLO. */
  const numbers = async (stem: string) =>
    (await text(`out/labelless.yolo/labels/${stem}.txt`))
      .trim()
      .split('\n')
      .map(line => Number(line.split(' ')[0]));

  /** The contents of all files of a folder by path. */
  async function contents(of: string): Promise<Record<string, string>> {
    const entries = await readdir(at(of), { recursive: true, withFileTypes: true });
    const files = entries.filter(entry => entry.isFile()).map(entry => path.join(entry.parentPath, entry.name));
    return Object.fromEntries(
      await Promise.all(files.sort().map(async file => [file, await readFile(file, 'base64')] as const)),
    );
  }

  setup(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'labelless classes-'));
  });
  teardown(() => rm(folder, { recursive: true }));

  test('keep their numbers in YOLO when data.yaml was saved by another program', async () => {
    const touched: Record<string, (yaml: string) => string> = {
      'Windows line ends': yaml => yaml.replaceAll('\n', '\r\n'),
      'no quotes': yaml => yaml.replaceAll('"', ''),
      'a byte-order mark': yaml => `\ufeff${yaml}`,
      'other indentation': yaml => yaml.replaceAll('\n  ', '\n    '),
      'a list': yaml => yaml.replace(/ {2}\d: /g, '- '),
      'flow style': yaml => yaml.replace(/names:\n[^]*/, 'names: {0: sky, 1: tree, 2: "road"}\n'),
      'keys sorted, and more of them': yaml =>
        yaml.replace(/^(#.*)\n(train.*)\n(val.*)\n([^]*)/, '$1\n$4nc: 3\n$2\n$3\ntest: # none\n'),
    };
    for (const [how, touch] of Object.entries(touched)) {
      await rm(at('out'), { recursive: true, force: true });
      await write('one.png', 'yolo', ['sky', 'tree', 'road']);
      const list = 'out/labelless.yolo/data.yaml';
      const saved = touch(await text(list));
      await writeFile(at(list), saved);
      await write('two.png', 'yolo', ['car', 'road']);
      assert.deepEqual(
        [await numbers('one'), await numbers('two')],
        [
          [0, 1, 2],
          [3, 2],
        ],
        how,
      );
      const now = await text(list);
      for (const line of saved
        .replace('\ufeff', '')
        .split('\n')
        .filter(line => !/names: \{|nc:/.test(line)))
        assert.ok(now.includes(line), `${how}: ${line}`);
    }
  });

  test('are left as they are, and so are all files, when the list is not understood or was shortened', async () => {
    const cases: [OutputFormat, string, (list: string) => string | Buffer, RegExp][] = [
      [
        'yolo',
        'data.yaml',
        yaml => yaml.replace('"sky"', 'yes'),
        /data\.yaml: .*class 0 in line 5, “yes”.*into quotes; correct it/,
      ],
      [
        'yolo',
        'data.yaml',
        yaml => yaml.replace(/ {2}2: .*\n/, ''),
        /labels.one\.txt has class 2, and data\.yaml lists only 2 classes/,
      ],
      ['yolo', 'data.yaml', yaml => yaml.replace(/names:[^]*/, ''), /lists no names of classes/],
      ['yolo', 'data.yaml', yaml => yaml.replace(/^#.*\n/, ''), /was not written by Labelless/],
      ['yolo', 'data.yaml', yaml => Buffer.from(`\ufeff${yaml}`, 'utf16le'), /UTF-16; save it as UTF-8/],
      ['yolo', 'data.yaml', yaml => Buffer.from(yaml.replace('sky', 'ské'), 'latin1'), /not UTF-8/],
      ['voc', 'labelmap.txt', list => list.replace('tree:', 'tree'), /labelmap\.txt: line 4 has not the four fields/],
      [
        'voc',
        'labelmap.txt',
        list => list.replace(/sky.*\n/, ''),
        /SegmentationClass.one\.png shows class 1 in another colour/,
      ],
      ['voc', 'labelmap.txt', list => list.split('\n').sort().join('\n'), /one\.png shows class \d in another colour/],
    ];
    for (const [format, list, touch, expected] of cases) {
      await rm(at('out'), { recursive: true, force: true });
      await write('one.png', format, ['sky', 'tree', 'road']);
      const file = `out/labelless.${format}/${list}`;
      await writeFile(at(file), touch(await text(file)));
      const before = await contents('out');
      await assert.rejects(write('two.png', format, ['car', 'road']), expected);
      assert.deepEqual(await contents('out'), before);
    }
  });

  test('that differ in one character stay two', async () => {
    const names = ['a:b', 'a b', 'a?b', 'a  b', 'A b', 'a b.', 'con', '.con', ':', 'a%3Ab', '%'];
    await write('one.png', 'yolo', names);
    await write('two.png', 'yolo', [...names].reverse());
    assert.deepEqual([await numbers('one'), await numbers('two')], [[...names.keys()], [...names.keys()].reverse()]);
    await write('one.png', 'classes', names);
    const first = (await readdir(at('out/one.mask.classes'))).sort();
    assert.deepEqual(
      first,
      [
        '%.png',
        '%2Econ.png',
        '%3A.png',
        '%63on.png',
        'A b-2.png',
        'a  b.png',
        'a b%2E.png',
        'a b.png',
        'a%253Ab.png',
        'a%3Ab.png',
        'a%3Fb.png',
      ].sort(),
    );
    await write('two.png', 'classes', [...names].reverse());
    assert.equal((await readdir(at('out/two.mask.classes'))).length, names.length);
    for (const name of ['a:b', ':', '#a', 'a\u2028b'])
      await assert.rejects(
        write('three.png', 'voc', ['sky', name]),
        /Pascal VOC cannot hold the name ".*rename the label$/,
      );
    await write('long.png', 'classes', [`${'漢'.repeat(199)}a`, `${'漢'.repeat(199)}b`, '😀'.repeat(99)]);
    assert.equal((await readdir(at('out/long.mask.classes'))).length, 3);
  });

  test('have one colour each in VOC, and objects have those of VOC', async () => {
    const ten = Array.from({ length: 10 }, (_, i) => `class ${i}`);
    await write('one.png', 'voc', ten);
    await write('two.png', 'voc', ['new', 'class 3']);
    const list = (await text('out/labelless.voc/labelmap.txt')).split('\n').slice(1, -1);
    assert.equal(list.length, 12);
    const colours = list.map(line => line.split(':')[1]);
    assert.equal(new Set(colours).size, 12);
    for (const stem of ['one', 'two']) {
      const { palette } = await png(`out/labelless.voc/SegmentationClass/${stem}.png`);
      assert.deepEqual(
        palette!.map(hex => [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16)).join(',')),
        colours.slice(0, palette!.length),
      );
      const objects = await png(`out/labelless.voc/SegmentationObject/${stem}.png`);
      assert.deepEqual(
        objects.palette,
        objects.palette!.map((_, index) => vocColour(index)),
      );
    }
    assert.deepEqual(new Set((await png('out/labelless.voc/SegmentationClass/two.png')).labels), new Set([11, 4]));
  });

  test('stand beside a list of images that keeps what others wrote into it', async () => {
    await write('b.png', 'voc', ['sky']);
    const list = 'out/labelless.voc/ImageSets/Segmentation/trainval.txt';
    await writeFile(at(list), '\ufeff# mine\r\nz\r\nb\r\n');
    await write('c.png', 'voc', ['sky']);
    assert.equal(await text(list), '# mine\r\nc\r\nz\r\nb\r\n');
    await write('b.png', 'voc', ['sky']);
    assert.equal(await text(list), '# mine\r\nc\r\nz\r\nb\r\n');
    await assert.rejects(write('#1.png', 'voc', ['sky']), /cannot hold the name "#1".*rename the image/);
    await writeFile(at(list), Buffer.from('é\n', 'latin1'));
    await assert.rejects(write('d.png', 'voc', ['sky']), /trainval\.txt: its text is not UTF-8/);
  });

  test('leave a picture alone that others put among those of VOC', async () => {
    await write('a.png', 'voc', ['sky']);
    await writeFile(at('out/labelless.voc/JPEGImages/b.jpg'), 'mine');
    await assert.rejects(write('b.png', 'voc', ['sky']), /JPEGImages.b\.jpg is another picture, without labels/);
    assert.equal(await text('out/labelless.voc/JPEGImages/b.jpg'), 'mine');
  });

  /** Writes what an earlier version did: classes that share a colour, and objects in the colours of labels. */
  async function writeEarlier() {
    const mask = { width: 3, height: 1, labels: Uint16Array.of(0, 1, 2) };
    const shared = encodeMaskPng(mask, ['#e69f00', '#e69f00']);
    for (const kind of ['SegmentationClass', 'SegmentationObject']) {
      await mkdir(at(`out/labelless.voc/${kind}`), { recursive: true });
      await writeFile(at(`out/labelless.voc/${kind}/old.png`), shared);
    }
    await writeFile(
      at('out/labelless.voc/labelmap.txt'),
      '# Written by Labelless. label:color_rgb:parts:actions\r\nbackground:0,0,0::\r\nsky:230,159,0::\r\ncar:230,159,0::\r\n',
    );
    return { mask, shared };
  }

  test('that shared colours get their own, in the masks that were written before too', async () => {
    const { mask } = await writeEarlier();
    await write('new.png', 'voc', ['car']);
    assert.deepEqual((await text('out/labelless.voc/labelmap.txt')).split('\r\n').slice(1), [
      'background:0,0,0::',
      'sky:230,159,0::',
      'car:128,0,0::',
      '',
    ]);
    const old = await png('out/labelless.voc/SegmentationClass/old.png');
    assert.deepEqual([old.labels, old.palette], [mask.labels, ['#000000', '#e69f00', '#800000']]);
    const objects = await png('out/labelless.voc/SegmentationObject/old.png');
    assert.deepEqual([objects.labels, objects.palette], [mask.labels, ['#000000', '#800000', '#008000']]);
  });

  test('that shared colours are left alone where another program has written such a mask', async () => {
    await writeEarlier();
    await sharp({ create: { width, height, channels: 3, background: '#e69f00' } })
      .png()
      .toFile(at('out/labelless.voc/SegmentationClass/x.png'));
    const before = await contents('out');
    await assert.rejects(write('new.png', 'voc', ['car']), /x\.png was not written by Labelless.*into another folder/);
    assert.deepEqual(await contents('out'), before);
  });
});
