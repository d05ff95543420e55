import assert from 'node:assert/strict';
import { ClassList } from '../classes/classList';
import { encodeMask, fromBackup, openMask, stateFromLabels, toBackup } from '../files/maskFiles';
import { parseEditRequest, stateAfter, type EditRequest } from './editRequests';
import { MaskDocument } from './maskDocument';
import { MaskHistory } from './maskHistory';

const classes = new ClassList([
  { id: 0, name: 'background', colour: '#000000', background: true },
  { id: 7, name: 'road', colour: '#804080' },
  { id: 9, name: 'sky', colour: '#4682b4' },
]);
const context = { image: { name: 'a.jpg', sha256: '0'.repeat(64) }, version: '1', sha256: () => '1'.repeat(64) };

/** Three labels in a row: 1, 2 and 3, where 3 is in two pieces. */
function row(list: ClassList | undefined = classes): MaskDocument {
  const labels = new Uint16Array([1, 1, 2, 2, 3, 0, 3, 3]);
  return new MaskDocument(stateFromLabels({ width: 8, height: 1, labels, palette: null }), list);
}

function edit(document: MaskDocument, request: EditRequest): boolean {
  const state = stateAfter(document, parseEditRequest(structuredClone(request)));
  if (state) document.take(state);
  return state !== null;
}

const shown = (document: MaskDocument) =>
  document.view().labels.map(({ value, class: id, name, colour, locked }) => [value, id, name, colour, locked]);

suite('A class of labels', () => {
  test('is given to several labels by one edit, which stay apart and locked', () => {
    const document = row();
    edit(document, { kind: 'lock', values: [1], locked: true });
    assert.ok(edit(document, { kind: 'classify', values: [1, 2], class: 7 }));
    assert.deepEqual(shown(document).slice(0, 2), [
      [1, 7, 'road', '#804080', true],
      [2, 7, 'road', '#804080', false],
    ]);
    assert.equal(edit(document, { kind: 'classify', values: [2], class: 7 }), false);
    assert.ok(document.isNamed(document.representativeOf(2)));
  });

  test('can be taken away with its name and colour, and is undone', () => {
    const document = row();
    const before = shown(document);
    const history = new MaskHistory();
    edit(document, { kind: 'classify', values: [3], class: 9 });
    const { snapshot } = history.remember(document.state);
    assert.ok(edit(document, { kind: 'classify', values: [1, 3], class: null }));
    history.remember(document.state);
    assert.deepEqual(shown(document), before);
    document.take(history.recall(snapshot).state);
    assert.equal(document.view().labels[2].class, 9);
    assert.equal(edit(document, { kind: 'classify', values: [1], class: null }), false);
  });

  test('that the list does not have, and labels that the mask does not have, are refused', () => {
    assert.throws(() => edit(row(), { kind: 'classify', values: [1], class: 8 }), /no class 8/);
    assert.throws(() => edit(row(), { kind: 'classify', values: [4], class: 7 }), /no label 4/);
    const without = new MaskDocument(row().state);
    assert.throws(() => edit(without, { kind: 'classify', values: [1], class: 7 }), /no class 7/);
  });

  test('shows the name and the colour of the list, and those of the last save without it', () => {
    const document = row();
    edit(document, { kind: 'classify', values: [1], class: 7 });
    document.classes = new ClassList([{ id: 7, name: 'street', colour: '#ffffff' }]);
    assert.deepEqual(shown(document)[0], [1, 7, 'street', '#ffffff', false]);
    assert.deepEqual([...document.view().colours.slice(0, 3)].length, 3);
    const { png, sidecar } = encodeMask(document, context);
    const read = openMask(png, sidecar).document;
    assert.deepEqual(shown(read), shown(document));
    assert.deepEqual(shown(fromBackup(toBackup(read))), shown(document));
    read.classes = classes;
    assert.deepEqual(shown(read)[0], [1, 7, 'road', '#804080', false]);
  });

  test('keeps its name and colour from edits of single labels and palettes', () => {
    const document = row();
    edit(document, { kind: 'classify', values: [1], class: 7 });
    assert.throws(() => edit(document, { kind: 'rename', value: 1, name: 'x' }), /class ‘road’/);
    assert.throws(() => edit(document, { kind: 'recolour', value: 1, colour: '#123456' }), /class ‘road’/);
    edit(document, { kind: 'palette', palette: 'bright' });
    assert.equal(document.view().labels[0].colour, '#804080');
    edit(document, { kind: 'assign', values: [1], name: 'own' });
    assert.equal(document.view().labels[0].class, undefined);
    assert.equal(document.view().labels[0].name, 'own');
  });

  test('is given to a label that is painted, and passes to the parts of a label that is split', () => {
    const document = row();
    edit(document, { kind: 'fill', into: { newOf: 9 }, x: 0, y: 0 });
    assert.equal(document.view().labels[0].name, 'sky');
    edit(document, { kind: 'classify', values: [3], class: 7 });
    edit(document, { kind: 'split', values: [3] });
    assert.deepEqual(
      document.view().labels.map(label => label.class),
      [9, undefined, 7, 7],
    );
    assert.throws(() => edit(document, { kind: 'fill', into: { newOf: 8 }, x: 0, y: 0 }), /no class 8/);
  });

  test('that a sidecar writes wrongly is dropped alone', () => {
    const document = row();
    edit(document, { kind: 'classify', values: [1], class: 7 });
    const { png, sidecar } = encodeMask(document, context);
    const { document: read, messages } = openMask(png, sidecar.replace('"class": 7', '"class": "road"'));
    assert.deepEqual(messages, []);
    assert.deepEqual(shown(read)[0], [1, undefined, 'road', '#804080', false]);
  });
});
