import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MaskDocument } from '../../mask/document/maskDocument';
import { stateFromLabels } from '../../mask/files/maskFiles';
import { fillPolygon } from '../../mask/shapes/fillPolygon';
import { outputFormats } from '../../protocol/names';
import { writeDocument } from '../../server/src/engine/formats/writeDocument';
import { loadImage } from '../../server/src/engine/image/loadImage';
import { picturePng } from '../support/workspace';
import { pythonWithReaders } from './python';
import { setProperties } from '../../mask/testing/randomMasks';

interface Png {
  mode: string;
  size: number[];
  palette: number[] | null;
  values: number[];
}
interface Found {
  mask: Png;
  overlay: string;
  npy: { shape: number[]; type: string; values: number[] };
  classes: Record<string, Png>;
  voc: { jpeg: object; classes: Png; objects: Png; images: string[] };
  coco: {
    file: string;
    annotations: { name: string; polygons: boolean; area: number[]; box: number[][]; values: number[] }[];
  };
  labelme: { picture: number[]; instances: [string, number | null][]; values: number[] };
  yolo: {
    names: string[];
    picture: [string, number, number];
    objects: { name: string; pixels: number[] }[];
    lines: string[];
  };
}

const [width, height] = [61, 47];
const names = ['sky', 'ring', 'tree', 'tree', 'ground'];
const palette = ['#000000', '#1050a0', '#e08020', '#30c040', '#209030', '#806040'];

/** Sky over ground, a tree of two parts and another, a ring with background and with a tree in its hole. */
const labels = Uint16Array.from({ length: width * height }, (_, p) => {
  const [x, y] = [p % width, Math.floor(p / width)];
  const distance = Math.hypot(x - 40, y - 22);
  if (distance < 4) return 3;
  if (distance < 9) return 0;
  if (distance < 14) return 2;
  if (Math.abs(x - 8) + Math.abs(y - 12) < 6) return 3;
  if (Math.hypot(x - 12, y - 38) < 7) return 4;
  return 3 * y + x < 90 ? 1 : 5;
});

suite("the formats' own readers", function () {
  this.timeout(400_000);
  let folder: string;
  let found: Found;

  suiteSetup(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'labelless readers-'));
    const file = path.join(folder, 'a b.png');
    writeFileSync(file, picturePng(width, height, 3));
    const document = new MaskDocument(stateFromLabels({ width, height, labels, palette }));
    for (const { value, representative, colour } of document.view().labels) {
      setProperties(document, representative, { name: names[value - 1], colour });
    }
    await writeDocument(await loadImage(file, { megapixels: 1, fileSize: 1 }), document, {
      folder,
      formats: outputFormats,
      siblings: [],
    });
    const images = path.join(folder, 'labelless.yolo', 'images'); // where the export says that they belong
    mkdirSync(images);
    copyFileSync(file, path.join(images, 'a b.png'));
    const output = execFileSync(pythonWithReaders(), [path.resolve('test', 'readers', 'read.py'), folder, 'a b'], {
      encoding: 'utf8',
      maxBuffer: 1e8,
      stdio: 'pipe',
    });
    found = JSON.parse(output.slice(output.indexOf('{'))) as Found;
  });
  suiteTeardown(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** A pixel and those around it; some may lie beyond the picture. */
  const neighbours = (p: number) => [-1, 0, 1].flatMap(dy => [-1, 0, 1].map(dx => p + dy * width + dx));
  const same = (values: readonly number[], expected: (value: number) => number) => {
    assert.deepEqual(values, Array.from(labels, expected));
  };

  test('Pillow reads the mask with its palette, the overlay, and a PNG a class', () => {
    assert.equal(found.mask.mode, 'P');
    same(found.mask.values, value => value);
    assert.deepEqual(
      found.mask.palette!.slice(0, 18),
      palette.flatMap(colour => [1, 3, 5].map(i => parseInt(colour.slice(i, i + 2), 16))),
    );
    assert.equal(found.overlay, 'RGB');
    assert.deepEqual(Object.keys(found.classes).sort(), ['ground', 'ring', 'sky', 'tree']);
    for (const [name, { mode, values }] of Object.entries(found.classes)) {
      assert.equal(mode, 'L');
      same(values, value => (value > 0 && names[value - 1] === name ? 255 : 0));
    }
  });

  test('NumPy reads the label map', () => {
    assert.deepEqual([found.npy.shape, found.npy.type], [[height, width], 'uint8']);
    same(found.npy.values, value => value);
  });

  test("Pillow reads Pascal VOC's classes and objects", () => {
    const { voc } = found;
    assert.deepEqual([voc.jpeg, voc.images.join(' ')], [{ format: 'JPEG', size: [width, height] }, 'a b']);
    assert.deepEqual([voc.classes.mode, voc.objects.mode], ['P', 'P']);
    same(voc.objects.values, value => value);
    same(voc.classes.values, value => [0, 1, 2, 3, 3, 4][value]);
  });

  test("pycocotools reads every pixel of COCO's polygons and run lengths, areas and boxes", () => {
    assert.equal(found.coco.file, 'a b.png');
    assert.deepEqual(
      found.coco.annotations.map(({ name, polygons }) => [name, polygons]),
      [
        ['sky', false],
        ['ring', false],
        ['tree', true],
        ['tree', true],
        ['ground', false],
      ],
    );
    found.coco.annotations.forEach(({ values, area, box }, index) => {
      same(values, value => Number(value === index + 1));
      assert.equal(area[0], area[1]);
      assert.deepEqual(box[0], box[1]);
    });
  });

  test('LabelMe reads its file; its converter, which draws outlines as well, differs at edges alone', () => {
    const { picture, instances, values } = found.labelme;
    assert.deepEqual(picture, [width, height]);
    assert.deepEqual(
      new Set(instances.map(([name, group]) => `${name} ${group}`)),
      new Set([...names.map((name, i) => `${name} ${i + 1}`), '_background_ null']),
    );
    const others = values.flatMap((instance, p) =>
      (instance === 0 ? 0 : (instances[instance - 1][1] ?? 0)) === labels[p] ? [] : [p],
    );
    for (const p of others)
      assert.ok(
        neighbours(p).some(other => labels[other] !== undefined && labels[other] !== labels[p]),
        `pixel ${p}`,
      );
    assert.ok(others.length > 0 && others.length < 0.15 * labels.length, `${others.length} pixels differ`);
  });

  test("supervision reads YOLO's classes and objects, and draws each as its polygon says, holes filled, but for the outline", () => {
    const { names: classes, picture, objects, lines } = found.yolo;
    assert.deepEqual(
      [classes, picture],
      [
        ['sky', 'ring', 'tree', 'ground'],
        ['a b', width, height],
      ],
    );
    assert.equal(objects.length, lines.length);
    const covered = new Set<number>();
    objects.forEach(({ name, pixels }, index) => {
      const [, ...at] = lines[index].split(' ').map(Number);
      const own = new Uint8Array(labels.length);
      fillPolygon(
        at.map((value, i) => value * (i % 2 === 0 ? width : height)),
        width,
        height,
        (from, to) => {
          own.fill(1, from, to);
        },
      );
      const drawn = new Set(pixels);
      own.forEach((inside, p) => {
        if (drawn.has(p) !== (inside === 1))
          assert.ok(
            neighbours(p).some(other => own[other] !== undefined && own[other] !== inside),
            `${name}, pixel ${p}`,
          );
        if (inside && labels[p] > 0 && names[labels[p] - 1] === name) covered.add(p);
      });
    });
    assert.equal(covered.size, labels.filter(label => label > 0).length);
  });
});
