import assert from 'node:assert/strict';
import { MaskDocument } from './maskDocument';
import { stateFromSegmentation } from './segmentation';
import { edit, randomResult, seeded } from '../testing/randomMasks';
import { neighboursOf } from '../regions/connectivity';
import { palettes, paletteNames } from '../colours/palettes';

function fine(): MaskDocument {
  const document = new MaskDocument(stateFromSegmentation(randomResult(seeded(4), 24, 18, 20)));
  edit(document, { kind: 'granularity', granularity: 1 });
  return document;
}

suite('Giving labels names', () => {
  test('makes one label of several, in the colour that goes with the name', () => {
    const document = fine();
    const area = [2, 5, 9].reduce((sum, value) => sum + document.view().labels[value - 1].area, 0);
    edit(document, { kind: 'assign', values: [2, 5, 9], name: 'sky', colour: '#ABCDEF' });
    const sky = document.view().labels.filter(label => label.name === 'sky');
    assert.deepEqual(
      sky.map(label => [label.area, label.colour]),
      [[area, '#abcdef']],
    );
    assert.equal(document.view().labels.length, 18);
  });

  test('joins the label that has the name, which keeps its colour', () => {
    const document = fine();
    edit(document, { kind: 'assign', values: [1], name: 'sky', colour: '#111111' });
    const joined = document
      .view()
      .labels.filter(label => [4, 6].includes(label.value) || label.name === 'sky')
      .reduce((sum, label) => sum + label.area, 0);
    edit(document, { kind: 'assign', values: [4, 6], name: 'sky', colour: '#222222' });
    assert.deepEqual(
      document
        .view()
        .labels.filter(label => label.name === 'sky')
        .map(label => [label.area, label.colour]),
      [[joined, '#111111']],
    );
    assert.equal(
      edit(document, {
        kind: 'assign',
        values: [document.view().labels.find(label => label.name === 'sky')!.value],
        name: 'sky',
      }),
      false,
    );
  });

  test('of a single label leaves it to the slider', () => {
    const document = fine();
    edit(document, { kind: 'assign', values: [3], name: 'sky' });
    edit(document, { kind: 'granularity', granularity: 0 });
    assert.equal(document.view().labels.length, 1);
  });

  test('leaves locked labels alone, and locks several at once', () => {
    const document = fine();
    edit(document, { kind: 'lock', values: [1, 2, 3], locked: true });
    assert.deepEqual(
      document
        .view()
        .labels.filter(label => label.locked)
        .map(label => label.value),
      [1, 2, 3],
    );
    assert.throws(() => edit(document, { kind: 'assign', values: [2, 5], name: 'sky' }), /is locked/);
    assert.throws(() => edit(document, { kind: 'assign', values: [5], name: '' }), /not possible/);
  });
});

suite('Palettes', () => {
  for (const name of paletteNames) {
    test(`${name}: labels take its colours, neighbours different ones where they can, and it is one edit`, () => {
      for (let seed = 1; seed <= 5; seed++) {
        const document = new MaskDocument(stateFromSegmentation(randomResult(seeded(seed), 40, 30, 30)));
        const before = document.view();
        const { state } = document;
        edit(document, { kind: 'palette', palette: name });
        const { labels, labelOf } = document.view();
        const colourOf = new Map(labels.map(label => [label.value, label.colour]));
        assert.ok(labels.every(label => (palettes[name] as readonly string[]).includes(label.colour)));
        const { offsets, targets } = neighboursOf(document.state.regions);
        let clashes = 0,
          borders = 0;
        for (let region = 0; region < labelOf.length; region++) {
          for (let at = offsets[region]; at < offsets[region + 1]; at++) {
            if (labelOf[region] === labelOf[targets[at]]) continue;
            borders++;
            if (colourOf.get(labelOf[region]) === colourOf.get(labelOf[targets[at]])) clashes++;
          }
        }
        assert.ok(clashes <= 0.02 * borders, `${clashes} of ${borders}`);
        assert.equal(edit(document, { kind: 'palette', palette: name }), false, 'a second time changes nothing');
        document.take(state);
        assert.deepEqual(document.view(), before);
      }
    });
  }
});
