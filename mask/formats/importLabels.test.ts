import assert from 'node:assert/strict';
import { ClassList } from '../classes/classList';
import { MaskDocument } from '../document/maskDocument';
import { emptyState } from '../document/maskState';
import { stateFromSegmentation } from '../document/segmentation';
import { randomResult, seeded, setGranularity, setProperties } from '../testing/randomMasks';
import { drawLabels } from './drawLabels';
import type { ForeignLabels } from './foreignLabels';
import { importLabels } from './importLabels';
import { readLabels } from './readLabels';

const [width, height] = [24, 18];
const square = (x: number, y: number, size: number) => [
  [x, y],
  [x + size, y],
  [x + size, y + size],
  [x, y + size],
];
const size = { width, height };
const labelme = (...shapes: [label: string, points: number[][], group?: number][]) =>
  readLabels(
    {
      version: '5.5.0',
      imagePath: 'a.png',
      imageWidth: width,
      imageHeight: height,
      shapes: shapes.map(([label, points, group]) => ({
        label,
        points,
        shape_type: 'polygon',
        group_id: group ?? null,
        flags: {},
      })),
    },
    '/photos/a.png',
    size,
  );
const coco = (name: string, annotations: object[]) =>
  readLabels(
    {
      images: [{ id: 7, file_name: name, width, height }],
      annotations: annotations.map(one => ({ image_id: 7, category_id: 2, ...one })),
      categories: [{ id: 2, name: 'car', color: [255, 0, 16] }],
    },
    '/photos/a.png',
    size,
  );
const importInto = (document: MaskDocument, labels: ForeignLabels, names: { name: string; colour: string }[] = []) =>
  importLabels(document, drawLabels(labels, size), names);

function segmented(): MaskDocument {
  const document = new MaskDocument(stateFromSegmentation(randomResult(seeded(4), width, height, 20)));
  setGranularity(document, 1);
  return document;
}

suite('Importing labels', () => {
  test('gives labels that are named like a class that class, with its colour', () => {
    const classes = new ClassList([{ id: 5, name: 'tree', colour: '#00ff00' }]);
    const document = new MaskDocument(emptyState(width, height), classes);
    const labels = labelme(['tree', square(1, 1, 5)], ['house', square(8, 1, 5)]);
    document.take(importInto(document, labels)!);
    assert.deepEqual(
      document.view().labels.map(({ name, class: id }) => [name, id]),
      [
        ['tree', 5],
        ['house', undefined],
      ],
    );
    assert.equal(document.view().labels[0].colour, '#00ff00');
  });

  test("LabelMe's shapes: later ones over earlier, one label a group, background erases", () => {
    const document = new MaskDocument(emptyState(width, height));
    const labels = labelme(
      ['tree', square(1, 1, 10), 3],
      ['_background_', square(3, 3, 4)],
      ['cup', square(4, 4, 1)],
      ['tree', square(15, 2, 3), 3],
      ['tree', square(15, 10, 2)],
    );
    document.take(importInto(document, labels, [{ name: 'cup', colour: '#abcdef' }])!);
    const { labels: found } = document.view();
    assert.deepEqual(
      found.map(({ name, area }) => [name, area]),
      [
        ['tree', 100 - 16 + 9],
        ['cup', 1],
        ['tree', 4],
      ],
    );
    assert.equal(found[1].colour, '#abcdef');
    const map = document.labelMap();
    assert.deepEqual([map[3 * width + 3], map[4 * width + 4], map[4 * width + 5]], [0, 2, 0]);
  });

  test("COCO's annotations: the smaller over the larger, in their category's colour", () => {
    const document = new MaskDocument(emptyState(width, height));
    const labels = coco('images/a.png', [
      { segmentation: [square(2, 2, 2).flat()] },
      { segmentation: [square(0, 0, 8).flat(), square(10, 0, 2).flat()] },
    ]);
    document.take(importInto(document, labels)!);
    assert.deepEqual(
      document.view().labels.map(({ name, area, colour }) => [name, area, colour]),
      [
        ['car', 64 - 4 + 4, '#ff0010'],
        ['car', 4, '#ff0010'],
      ],
    );
  });

  test('what is not covered stays with its hierarchy, and locked labels stay whole; undone as one step', () => {
    const document = segmented();
    const before = document.labelMap();
    const locked = before[5 * width + 5];
    setProperties(document, document.representativeOf(locked), { name: 'mine', locked: true });
    const { state } = document;
    document.take(importInto(document, labelme(['new', square(2, 2, 12)]))!);
    assert.ok(document.state.hierarchy);
    const imported = document.view().labels.find(({ name }) => name === 'new')!;
    const after = document.labelMap();
    const own = document.view().labels.find(({ name }) => name === 'mine')!;
    before.forEach((value, p) => {
      const [x, y] = [p % width, Math.floor(p / width)];
      const covered = x >= 2 && x < 14 && y >= 2 && y < 14;
      if (value === locked) assert.equal(after[p], own.value);
      else assert.equal(after[p] === imported.value, covered);
    });
    document.take(state);
    assert.deepEqual(document.labelMap(), before);
  });

  test('nothing to import is no edit; what does not fit is refused and changes nothing', () => {
    const document = segmented();
    const { state } = document;
    assert.equal(importInto(document, labelme()), null);
    const drawn = drawLabels(labelme(['a', square(0, 0, 3)]), size);
    assert.throws(() => importLabels(new MaskDocument(emptyState(5, 5)), drawn, []), /24×18 pixels, the image has 5×5/);
    assert.throws(() => coco('b.png', []), /lists no image called a\.png/);
    assert.throws(() => readLabels({ labels: [] }, '/a.png', size), /neither a file of LabelMe nor COCO/);
    assert.throws(() => readLabels([], '/a.png', size), /neither/);
    assert.throws(() => readLabels({ shapes: null }, '/a.png', size), /no list of shapes/);
    assert.throws(() => readLabels({ annotations: [] }, '/a.png', size), /no list of images/);
    const many = (...shape: [label: string, points: number[][], group?: number]) =>
      labelme(...Array.from({ length: 70_000 }, () => shape));
    assert.throws(() => many('a', square(0, 0, 1)), /70000 labels are more than the 65533/);
    assert.equal(many('a', square(0, 0, 1), 1).shapes.length, 70_000);
    assert.equal(many('_background_', square(0, 0, 1)).shapes.length, 70_000);
    assert.equal(document.state, state);
  });
});
