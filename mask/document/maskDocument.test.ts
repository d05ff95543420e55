import assert from 'node:assert/strict';
import { MaskDocument } from './maskDocument';
import type { Edit } from './edits';
import { editFromRequest } from './editRequests';
import { stateFromSegmentation } from './segmentation';
import { background, type MaskState } from './maskState';
import { below, randomResult, seeded, type Random } from '../testing/randomMasks';

const documentOf = (seed: number, count = 30) =>
  new MaskDocument(stateFromSegmentation(randomResult(seeded(seed), 24, 18, count)));

/** Any edit that fits the document, asked for as a user does or, for pins, made directly. */
function randomEdit(random: Random, document: MaskDocument): Edit | null {
  const { labels } = document.view();
  const label = labels[below(random, labels.length)] as (typeof labels)[number] | undefined;
  const kind = below(random, 12);
  if (kind === 0 || !label)
    return editFromRequest(document, { kind: 'granularity', granularity: below(random, 11) / 10 });
  const { value } = label;
  if (kind === 1)
    return editFromRequest(document, { kind: 'rename', value, name: ['', 'sky', 'tree'][below(random, 3)] });
  if (kind === 2)
    return editFromRequest(document, { kind: 'recolour', value, colour: ['#FF0000', '#00ff00'][below(random, 2)] });
  if (kind === 3) return editFromRequest(document, { kind: 'lock', values: [value], locked: random() < 0.5 });
  if (kind === 4) {
    const half = document.state.regions.count >> 1;
    const target = [background, null, half + below(random, half)][below(random, 3)];
    const region = below(random, half);
    const { pins } = document.state;
    if (pins.has(target ?? background) || [...pins.values()].includes(region)) return null;
    return { kind: 'pins', pins: new Map([[region, target]]) };
  }
  if (kind < 11 && !label.locked) {
    const into = ([0, 'new', value] as const)[below(random, 3)];
    const request = [
      {
        kind: 'stroke',
        into,
        size: 1 + below(random, 9),
        points: [random() * 24, random() * 18, random() * 24, random() * 18],
      },
      { kind: 'polygon', into, points: Array.from({ length: 6 }, () => random() * 24) },
      {
        kind: 'merge',
        values: labels
          .filter(one => !one.locked && random() < 0.3)
          .map(one => one.value)
          .concat(value),
        into: value,
      },
      { kind: 'split', values: [value] },
      { kind: 'erase', values: [value] },
    ][below(random, 5)];
    return editFromRequest(document, request);
  }
  return { kind: 'replace', state: stateFromSegmentation(randomResult(random, 24, 18, 5 + below(random, 20))) };
}

/** What a state is, for comparing: order of entries has no meaning. */
function plain(state: MaskState) {
  const sorted = (map: ReadonlyMap<number, unknown>) => [...map].sort(([a], [b]) => a - b);
  return { ...state, pins: sorted(state.pins), properties: sorted(state.properties), values: sorted(state.values) };
}

suite('The mask document', () => {
  test('undoes and redoes any edits exactly', () => {
    for (let seed = 1; seed <= 25; seed++) {
      const random = seeded(seed);
      const document = documentOf(seed);
      const before: unknown[] = [],
        undo: Edit[] = [];
      for (let step = 0; step < 40; step++) {
        const edit = randomEdit(random, document);
        if (!edit) continue;
        before.push({ state: plain(document.state), view: document.view(), pixels: document.labelMap() });
        undo.push(document.apply(edit));
      }
      const last = { state: plain(document.state), view: document.view() };
      const redo: Edit[] = [];
      for (let step = undo.length - 1; step >= 0; step--) {
        redo.push(document.apply(undo[step]));
        assert.deepEqual(
          { state: plain(document.state), view: document.view(), pixels: document.labelMap() },
          before[step],
        );
      }
      for (const edit of redo.reverse()) document.apply(edit);
      assert.deepEqual({ state: plain(document.state), view: document.view() }, last);
    }
  });

  test('numbers labels by their first pixel, and the label map, sizes and list agree', () => {
    for (let seed = 1; seed <= 10; seed++) {
      const document = documentOf(seed);
      document.apply({ kind: 'granularity', granularity: seed / 10 });
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
    document.apply({ kind: 'granularity', granularity: 1 });
    const fine = document.view().labels;
    fine.forEach(({ value, area }) =>
      document.apply(editFromRequest(document, { kind: 'rename', value, name: `was ${value} of ${area}` })!),
    );
    const named = document.view().labels;
    document.apply({ kind: 'granularity', granularity: 0 });
    const [only, ...none] = document.view().labels;
    assert.equal(none.length, 0);
    assert.ok(only.name.startsWith('was '), only.name);
    document.apply({ kind: 'granularity', granularity: 1 });
    assert.deepEqual(document.view().labels, named);
  });

  test('keeps the colour of a label from step to step of the slider', () => {
    const document = documentOf(4);
    const colours = new Map<number, string>();
    for (let step = 0; step <= 20; step++) {
      document.apply({ kind: 'granularity', granularity: step / 20 });
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
    document.apply({ kind: 'granularity', granularity: 1 });
    document.apply({
      kind: 'pins',
      pins: new Map([
        [3, background],
        [4, 9],
      ]),
    });
    const { labelOf } = document.view();
    assert.equal(labelOf[3], 0);
    assert.equal(labelOf[4], labelOf[9]);
    document.apply({ kind: 'granularity', granularity: 0 });
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
    test(`refuses a request for ${what}`, () => assert.throws(() => editFromRequest(documentOf(1), request), message));
  }

  test('answers null to requests that would change nothing', () => {
    const document = documentOf(1);
    assert.equal(editFromRequest(document, { kind: 'granularity', granularity: 0.5 }), null);
    assert.equal(editFromRequest(document, { kind: 'rename', value: 1, name: '  ' }), null);
    assert.equal(editFromRequest(document, { kind: 'lock', values: [1], locked: false }), null);
  });

  test('refuses edits that do not fit, and stays as it was', () => {
    const document = documentOf(1);
    const before = document.state;
    assert.throws(() => document.apply({ kind: 'properties', region: 99, properties: { name: 'x' } }), /no region 99/);
    assert.throws(() => document.apply({ kind: 'pins', pins: new Map([[0, 99]]) }), /no region 99/);
    assert.throws(
      () =>
        document.apply({
          kind: 'pins',
          pins: new Map([
            [0, 1],
            [1, 2],
          ]),
        }),
      /pinned/,
    );
    const other = stateFromSegmentation(randomResult(seeded(1), 10, 10, 5));
    assert.throws(() => document.apply({ kind: 'replace', state: other }), /10×10 pixels cannot replace one of 24×18/);
    assert.equal(document.state, before);
  });
});
