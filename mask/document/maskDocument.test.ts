import assert from 'node:assert/strict';
import { MaskDocument } from './maskDocument';
import { stateFromSegmentation } from './segmentation';
import { background, checkPins } from './maskState';
import { edit, randomResult, seeded, setGranularity } from '../testing/randomMasks';

const documentOf = (seed: number, count = 30) =>
  new MaskDocument(stateFromSegmentation(randomResult(seeded(seed), 24, 18, count)));

suite('The mask document', () => {
  test('numbers labels by their first pixel, and the label map, sizes and list agree', () => {
    for (let seed = 1; seed <= 10; seed++) {
      const document = documentOf(seed);
      setGranularity(document, seed / 10);
      const { labels, labelOf } = document.view();
      const pixels = [...document.labelMap()];
      assert.deepEqual(
        [...new Set(pixels)],
        labels.map(label => label.value),
      );
      for (const { value, area } of labels) assert.equal(pixels.filter(pixel => pixel === value).length, area);
      assert.deepEqual(
        pixels,
        [...document.state.regions.ids].map(id => labelOf[id]),
      );
    }
  });

  test('gives a merged label the name of its larger part, and gives the smaller one its own back', () => {
    const document = documentOf(3);
    setGranularity(document, 1);
    const fine = document.view().labels;
    fine.forEach(({ value, area }) => edit(document, { kind: 'rename', value, name: `was ${value} of ${area}` }));
    const named = document.view().labels;
    setGranularity(document, 0);
    const [only, ...none] = document.view().labels;
    assert.equal(none.length, 0);
    assert.ok(only.name.startsWith('was '), only.name);
    setGranularity(document, 1);
    assert.deepEqual(document.view().labels, named);
  });

  test('keeps the colour of a label from step to step of the slider', () => {
    const document = documentOf(4);
    const colours = new Map<number, string>();
    for (let step = 0; step <= 20; step++) {
      setGranularity(document, step / 20);
      for (const { representative, colour } of document.view().labels) {
        assert.equal(colour, colours.get(representative) ?? colour);
        colours.set(representative, colour);
      }
    }
    const { colours: bytes } = document.view();
    for (const [region, colour] of colours) {
      assert.equal(Buffer.from(bytes.subarray(3 * region, 3 * region + 3)).toString('hex'), colour.slice(1));
    }
  });

  test('pins regions to background or to a label, which they follow', () => {
    const document = documentOf(5);
    setGranularity(document, 1);
    const pins = new Map([
      [3, background],
      [4, 9],
    ]);
    document.take({ ...document.state, pins });
    const { labelOf } = document.view();
    assert.equal(labelOf[3], 0);
    assert.equal(labelOf[4], labelOf[9]);
    setGranularity(document, 0);
    assert.deepEqual([...document.view().labelOf].filter(value => value === 0).length, 1);
    assert.equal(document.view().labels.length, 1);
  });

  const refused: [string, unknown, RegExp][] = [
    ['nothing', undefined, /not possible/],
    ['an unknown kind', { kind: 'explode' }, /not possible/],
    ['a granularity above 1', { kind: 'granularity', granularity: 1.2 }, /not possible/],
    ['a granularity that is no number', { kind: 'granularity', granularity: NaN }, /not possible/],
    ['a label that is not there', { kind: 'lock', values: [9999], locked: true }, /no label 9999/],
    ['label 0', { kind: 'rename', value: 0, name: 'background' }, /not possible/],
    ['a colour by name', { kind: 'recolour', value: 1, colour: 'red' }, /#rrggbb/],
    ['a name of a megabyte', { kind: 'rename', value: 1, name: 'x'.repeat(1e6) }, /not possible/],
  ];
  for (const [what, request, message] of refused) {
    test(`refuses a request for ${what}`, () => assert.throws(() => edit(documentOf(1), request), message));
  }

  test('takes requests that would change nothing for no edits', () => {
    const document = documentOf(1);
    assert.equal(edit(document, { kind: 'granularity', granularity: 0.5 }), false);
    assert.equal(edit(document, { kind: 'rename', value: 1, name: '  ' }), false);
    assert.equal(edit(document, { kind: 'lock', values: [1], locked: false }), false);
  });

  test('refuses a state of another size, and pins to pinned regions, and stays as it was', () => {
    const document = documentOf(1);
    const before = document.state;
    const pinned = new Map([
      [0, 1],
      [1, 2],
    ]);
    assert.throws(() => {
      checkPins(pinned);
    }, /pinned to a pinned region/);
    const other = stateFromSegmentation(randomResult(seeded(1), 10, 10, 5));
    assert.throws(() => {
      document.take(other);
    }, /10×10 pixels cannot replace one of 24×18/);
    assert.equal(document.state, before);
  });
});
