import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { MaskDocument } from '../../../../mask/document/maskDocument';
import { emptyState } from '../../../../mask/document/maskState';
import { decodeMaskPng } from '../../../../mask/files/indexedPng';
import { stateFromLabels } from '../../../../mask/files/maskFiles';
import { cocoLabels } from '../../../../mask/formats/cocoLabels';
import { drawLabels } from '../../../../mask/formats/drawLabels';
import { importLabels } from '../../../../mask/formats/importLabels';
import { readCoco } from '../../../../mask/formats/readCoco';
import { labelmeLabels, readLabelme } from '../../../../mask/formats/readLabelme';
import { readLabels } from '../../../../mask/formats/readLabels';
import { fillPolygon } from '../../../../mask/shapes/fillPolygon';
import type { Paint } from '../../../../mask/shapes/shapes';
import { below, randomRegions, seeded, setProperties } from '../../../../mask/testing/randomMasks';
import { outputFormats, type OutputFormat } from '../../../../protocol/names';
import { writeDocument } from './writeDocument';
import type { LoadedImage } from '../image/loadImage';

const [width, height] = [31, 22];

/** Draws labels of several parts, with holes, parts that meet at corners, and background. */
function randomLabels(seed: number): Uint16Array {
  const random = seeded(seed);
  const { ids } = randomRegions(random, width, height, 8 + below(random, 12));
  return ids.map(id => id % 5);
}

/** Makes a mask of labels 1 to 4, named by letters but for the last two, which share a name. */
function documentOf(labels: Uint16Array, names = ['a', 'b: "é"', 'c', 'c']): MaskDocument {
  const document = new MaskDocument(
    stateFromLabels({ width, height, labels, palette: ['#000000', '#112233', '#445566', '#778899', '#aabbcc'] }),
  );
  for (const { value, representative, colour } of document.view().labels) {
    setProperties(document, representative, { name: names[value - 1], colour });
  }
  return document;
}

/** Draws shapes, the later over the earlier. */
function drawn(shapes: readonly { value: number; fill: (paint: Paint) => void }[]): Uint16Array {
  const map = new Uint16Array(width * height);
  for (const { value, fill } of shapes)
    fill((from, to) => {
      map.fill(value, from, to);
    });
  return map;
}

/** Names that Pascal VOC can hold: no colon. */
const vocNames = ['a', 'b "é"', 'c', 'c'];

suite('Exports', () => {
  let folder: string;
  const image = (name = 'a.png'): LoadedImage => ({
    file: path.join(folder, name),
    sha256: 'ab'.repeat(32),
    notes: [],
    header: { kind: 'png', width, height, channels: 3, depth: 8, pages: 1, size: 1 },
    picture: { width, height, rgb: new Uint8Array(width * height * 3).fill(90) },
  });
  const write = (labels: Uint16Array, format: OutputFormat, name?: string, names?: string[]) =>
    writeDocument(image(name), documentOf(labels, names), { folder, formats: [format], siblings: [] });
  const text = (name: string) => readFile(path.join(folder, name), 'utf8');

  setup(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'labelless exports-'));
  });
  teardown(() => rm(folder, { recursive: true }));

  test('COCO holds every pixel, name and colour: polygons without holes, run lengths with', async () => {
    const kinds = new Set<string>();
    for (let seed = 1; seed <= 20; seed++) {
      const labels = randomLabels(seed);
      const { files, lost } = await write(labels, 'coco');
      assert.deepEqual(lost, []);
      const content = JSON.parse(await readFile(files.coco!, 'utf8')) as {
        annotations: { area: number; bbox: number[]; segmentation: unknown }[];
        categories: unknown[];
      };
      const part = readCoco(content).parts.get('a.png')!;
      const values = [...new Set(labels)].filter(value => value > 0).sort();
      assert.deepEqual(
        part.annotations.map(({ name }) => name),
        values.map(value => ['a', 'b: "é"', 'c', 'c'][value - 1]),
      );
      part.annotations.forEach((annotation, index) => {
        kinds.add(Array.isArray(annotation.segmentation) ? 'polygons' : 'runs');
        const { shapes } = cocoLabels({ ...part, annotations: [annotation] }, { width, height });
        const map = drawn(shapes.map(({ fill }) => ({ value: 1, fill })));
        assert.deepEqual(
          map,
          labels.map(value => Number(value === values[index])),
        );
        const inside = [...map.keys()].filter(p => map[p] === 1);
        const [xs, ys] = [inside.map(p => p % width), inside.map(p => Math.floor(p / width))];
        const { area, bbox } = content.annotations[index];
        assert.equal(area, inside.length);
        assert.deepEqual(bbox, [
          Math.min(...xs),
          Math.min(...ys),
          Math.max(...xs) - Math.min(...xs) + 1,
          Math.max(...ys) - Math.min(...ys) + 1,
        ]);
      });
    }
    assert.deepEqual([...kinds].sort(), ['polygons', 'runs']);
  });

  test('LabelMe holds every pixel when its shapes are drawn in order', async () => {
    for (let seed = 1; seed <= 20; seed++) {
      const labels = randomLabels(seed);
      const { files, lost } = await write(labels, 'labelme');
      assert.match(lost[0], /^labelme does not hold colours/);
      const content = JSON.parse(await readFile(files.labelme!, 'utf8')) as {
        imagePath: string;
        shapes: { group_id: number | null; label: string }[];
      };
      assert.equal(content.imagePath, 'a.png');
      const { shapes } = labelmeLabels(readLabelme(content), { width, height });
      const map = drawn(
        shapes.map(({ fill }, i) => ({
          value: content.shapes[i].label === '_background_' ? 0 : content.shapes[i].group_id!,
          fill,
        })),
      );
      assert.deepEqual(map, labels);
    }
  });

  test('imported again, COCO and LabelMe give the mask with its names, COCO with its colours', async () => {
    for (let seed = 1; seed <= 10; seed++) {
      const labels = randomLabels(seed);
      for (const [format, name] of [
        ['coco', 'a.coco.json'],
        ['labelme', 'a.json'],
      ] as const) {
        await write(labels, format);
        const document = new MaskDocument(emptyState(width, height));
        const imported = drawLabels(readLabels(JSON.parse(await text(name)), '/a.png', document), document);
        document.take(importLabels(document, imported, [])!);
        const look = (one: MaskDocument) => {
          const shown = new Map(
            one
              .view()
              .labels.map(label => [label.value, format === 'coco' ? `${label.name} ${label.colour}` : label.name]),
          );
          return [...one.labelMap()].map(value => shown.get(value));
        };
        // The two labels called c are one class, of one colour.
        const original = documentOf(labels);
        assert.deepEqual(
          look(document),
          look(original).map(one => one?.replace('#aabbcc', labels.includes(3) ? '#778899' : '#aabbcc')),
        );
        assert.equal(document.view().labels.length, original.view().labels.length);
      }
    }
  });

  test("YOLO's polygons are the labels' parts, holes filled, by classes that images share", async () => {
    const labels = randomLabels(4);
    labels.set([1, 1, 1], 0);
    labels.set([1, 2, 1], width);
    labels.set([1, 1, 1], 2 * width); // a hole for sure
    const { lost } = await write(labels, 'yolo');
    assert.match(lost[0], /^yolo does not hold colours, nor \d+ holes?, which are filled/);
    await write(
      labels.map(value => (value > 2 ? 0 : 3)),
      'yolo',
      'b.png',
    );
    const names = [...(await text('labelless.yolo/data.yaml')).matchAll(/^ {2}(\d+): (.*)$/gm)].map(
      ([, index, name]) => [Number(index), JSON.parse(name) as string],
    );
    assert.deepEqual(names, [
      [0, 'a'],
      [1, 'b: "é"'],
      [2, 'c'],
    ]);
    assert.ok(
      (await text('labelless.yolo/labels/b.txt'))
        .trim()
        .split('\n')
        .every(line => line.startsWith('2 ')),
    );
    const seen = new Uint8Array(width * height);
    for (const line of (await text('labelless.yolo/labels/a.txt')).trim().split('\n')) {
      const [index, ...at] = line.split(' ').map(Number);
      const expected = [[1], [2], [3, 4]][index];
      let right = 0;
      fillPolygon(
        at.map((one, i) => one * (i % 2 === 0 ? width : height)),
        width,
        height,
        (from, to) => {
          for (let p = from; p < to; p++)
            if (expected.includes(labels[p])) {
              right++;
              seen[p] = 1;
            }
        },
      );
      assert.ok(right > 0);
    }
    assert.deepEqual(
      [...seen],
      [...labels].map(value => Number(value > 0)),
    );
  });

  test('VOC has classes and objects as indexed PNG, numbered alike in all images', async () => {
    const labels = randomLabels(5);
    assert.deepEqual((await write(labels, 'voc', 'a.png', vocNames)).lost, [
      'voc does not hold the picture’s exact colours: it became a JPEG',
    ]);
    await write(
      labels.map(value => (value === 2 ? 2 : 0)),
      'voc',
      'b.png',
      vocNames,
    );
    const at = (name: string) => path.join(folder, 'labelless.voc', name);
    const read = async (name: string) => decodeMaskPng(await readFile(at(name)));
    const classes = await read('SegmentationClass/a.png');
    assert.deepEqual(
      classes.labels,
      labels.map(value => Math.min(value, 3)),
    );
    assert.deepEqual(classes.palette!.slice(0, 4), ['#000000', '#112233', '#445566', '#778899']);
    assert.deepEqual((await read('SegmentationObject/a.png')).labels, labels);
    assert.deepEqual(new Set((await read('SegmentationClass/b.png')).labels), new Set([0, 2]));
    assert.equal(await text('labelless.voc/ImageSets/Segmentation/trainval.txt'), 'a\nb\n');
    assert.deepEqual((await text('labelless.voc/labelmap.txt')).split('\n').slice(1), [
      'background:0,0,0::',
      'a:17,34,51::',
      'b "é":68,85,102::',
      'c:119,136,153::',
      '',
    ]);
    assert.equal((await sharp(at('JPEGImages/a.jpg')).metadata()).width, width);
  });

  test('one PNG a class, and none of a class that is gone', async () => {
    const labels = randomLabels(6);
    assert.match(
      (await write(labels, 'classes')).lost[0],
      /^classes does not hold colours, nor which of the labels of one name/,
    );
    assert.deepEqual((await readdir(path.join(folder, 'a.mask.classes'))).sort(), [
      'a.png',
      'b%3A %22é%22.png',
      'c.png',
    ]);
    const { labels: values } = decodeMaskPng(await readFile(path.join(folder, 'a.mask.classes/c.png')));
    assert.deepEqual(
      values,
      labels.map(value => (value > 2 ? 255 : 0)),
    );
    await writeFile(path.join(folder, 'a.mask.classes', 'mine.png'), 'mine');
    await write(
      labels.map(value => value % 2),
      'classes',
    );
    assert.deepEqual((await readdir(path.join(folder, 'a.mask.classes'))).sort(), ['a.png', 'mine.png']);
  });

  test('a mask without labels has files that say so', async () => {
    const { files } = await writeDocument(image(), documentOf(new Uint16Array(width * height)), {
      folder,
      formats: outputFormats,
      siblings: [],
    });
    assert.deepEqual(await readdir(files.classes!), []);
    assert.equal(await text('labelless.yolo/labels/a.txt'), '');
    assert.deepEqual((JSON.parse(await text('a.coco.json')) as { annotations: unknown[] }).annotations, []);
    assert.deepEqual(
      new Set(decodeMaskPng(await readFile(path.join(files.voc!, 'SegmentationClass/a.png'))).labels),
      new Set([0]),
    );
  });

  test('folders that a failed write left are used', async () => {
    await mkdir(path.join(folder, 'labelless.voc', 'JPEGImages'), { recursive: true });
    await write(randomLabels(8), 'voc', 'a.png', vocNames);
  });

  test('folders and files of others are left alone', async () => {
    for (const [format, name] of [
      ['voc', 'labelless.voc'],
      ['yolo', 'labelless.yolo'],
      ['classes', 'a.mask.classes'],
    ] as const) {
      await mkdir(path.join(folder, name));
      await writeFile(path.join(folder, name, 'a.png'), 'mine');
      await assert.rejects(write(randomLabels(7), format), /exists and was not written by Labelless/);
      assert.deepEqual(await readdir(path.join(folder, name)), ['a.png']);
    }
  });
});
