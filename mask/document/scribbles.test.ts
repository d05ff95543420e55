import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { MaskDocument } from './maskDocument';
import { encodeMask, fromBackup, openMask, toBackup } from '../files/maskFiles';
import { strokeRuns } from '../regions/pixelRuns';
import type { EditRequest } from './editRequests';
import { stateFromSegmentation } from './segmentation';
import { withScribbleLabels } from './scribbleEdits';
import { noClass, scribbleLabels, scribbleMap } from './scribbles';
import { below, edit, randomResult, seeded, setGranularity } from '../testing/randomMasks';

const context = {
  image: { name: 'photo.jpg', sha256: '0'.repeat(64) },
  version: '0.1.0',
  sha256: (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex'),
};
const stroke = (name: string, colour: string, ...points: number[]): EditRequest => ({
  kind: 'scribble',
  name,
  colour,
  size: 3,
  points,
});

function scribbledDocument(seed: number): MaskDocument {
  const document = new MaskDocument(stateFromSegmentation(randomResult(seeded(seed), 40, 30, 30)));
  edit(document, stroke('sky', '#87ceeb', 2, 2, 30, 4));
  edit(document, stroke('road', '#444444', 5, 25, 35, 28));
  edit(document, stroke('sky', '#87ceeb', 20.5, 10));
  return document;
}

suite('Scribbles', () => {
  test('are part of the document: edits that change no pixel, undone, saved and backed up', () => {
    const document = scribbledDocument(1);
    const pixels = document.labelMap();
    const { png, sidecar } = encodeMask(document, context);
    assert.deepEqual(openMask(png, sidecar).messages, []);
    assert.deepEqual(openMask(png, sidecar).document.state.scribbles, document.state.scribbles);
    assert.deepEqual(fromBackup(toBackup(document)).state.scribbles, document.state.scribbles);
    const { state } = document;
    edit(document, { kind: 'unscribble', indices: [0, 2] });
    assert.deepEqual(
      document.view().scribbles?.map(one => one.name),
      ['road'],
    );
    document.take(state);
    assert.equal(document.view().scribbles?.length, 3);
    assert.deepEqual(document.labelMap(), pixels);
    assert.equal(edit(document, { kind: 'unscribble', indices: [7] }), false);
  });

  test("a run keeps them, and gives each label its regions and its strokes' own pixels", () => {
    for (let seed = 1; seed <= 10; seed++) {
      const random = seeded(seed + 100);
      const before = scribbledDocument(seed);
      const result = randomResult(random, 40, 30, 50);
      const classes = Uint8Array.from({ length: 50 }, () => [0, 1, noClass][below(random, 3)]);
      const { scribbles } = before.state;
      const after = new MaskDocument(
        withScribbleLabels(stateFromSegmentation(result, before.state), scribbles!, classes),
      );
      const names = new Map(after.view().labels.map(label => [label.value, label.name]));
      const expected = [...result.regions.ids].map(id => ['sky', 'road'].at(classes[id]) ?? '');
      for (const { name, size, points } of scribbles!) {
        const runs = strokeRuns(points, size, after);
        for (let i = 0; i < runs.length; i += 2) expected.fill(name, runs[i], runs[i] + runs[i + 1]);
      }
      const given = [...after.labelMap()]
        .map(value => names.get(value)!)
        .map(name => (name === 'sky' || name === 'road' ? name : ''));
      assert.deepEqual(given, expected);
      assert.deepEqual(after.state.scribbles, scribbles);
      assert.equal(after.view().labels.find(label => label.name === 'sky')?.colour, '#87ceeb');
      setGranularity(after, 0);
      assert.deepEqual(after.view().labels.filter(label => ['sky', 'road'].includes(label.name)).length, 2);
    }
  });

  test('on a smaller map are at least a pixel wide, later ones over earlier ones', () => {
    const map = scribbleMap(
      [
        { class: 0, size: 1, points: [0, 50, 100, 50] },
        { class: 1, size: 4, points: [50, 0, 50, 100] },
      ],
      { width: 100, height: 100 },
      { width: 10, height: 10 },
    );
    for (let x = 0; x < 10; x++) assert.ok(map[50 + x] !== noClass || map[40 + x] !== noClass, `column ${x}`);
    assert.equal(map[55] === 1 || map[54] === 1, true);
    assert.equal(map[0], noClass);
  });

  test('have the labels of their names, in order', () => {
    assert.deepEqual(scribbleLabels(scribbledDocument(1).state.scribbles!), [
      { name: 'sky', colour: '#87ceeb' },
      { name: 'road', colour: '#444444' },
    ]);
  });

  test('that make no sense, or are too many, are refused', () => {
    const document = scribbledDocument(1);
    const bad = [
      { ...stroke('', '#000000', 1, 1) },
      { ...stroke('a', 'red', 1, 1) },
      { ...stroke('a', '#000000', 1) },
      { ...stroke('a', '#000000', 1, Infinity) },
      { ...stroke('a', '#000000', 1, 1), size: 1e9 },
    ];
    for (const request of bad) assert.throws(() => edit(document, request), /not possible/);
    for (let i = 0; i < 98; i++) edit(document, stroke(`label ${i}`, '#000000', 1, 1));
    assert.throws(() => edit(document, stroke('one more', '#000000', 1, 1)), /more than 100 labels/);
  });
});
