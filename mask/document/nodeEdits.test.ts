import assert from 'node:assert/strict';
import { leavesOf } from '../regions/hierarchy';
import { MaskDocument } from './maskDocument';
import { checkPins } from './maskState';
import { stateFromSegmentation } from './segmentation';
import { fromBackup, toBackup } from '../files/maskFiles';
import { below, edit, randomResult, seeded, type Random } from '../testing/randomMasks';

const [width, height, count] = [24, 18, 40];
const rounds = Array.from({ length: 30 }, (_, i) => i + 1);

/** A document at a granularity of its own, each of whose labels has a name of its own. */
function named(random: Random): MaskDocument {
  const document = new MaskDocument(stateFromSegmentation(randomResult(random, width, height, count)));
  edit(document, { kind: 'granularity', granularity: 0.3 + 0.5 * random() });
  for (const { value } of document.view().labels) edit(document, { kind: 'rename', value, name: `label ${value}` });
  return document;
}

/** Name and colour of each pixel's label; empty for background. */
function shown(document: MaskDocument): string[] {
  const byValue = new Map(document.view().labels.map(label => [label.value, `${label.name} ${label.colour}`]));
  return [...document.labelMap()].map(value => byValue.get(value) ?? '');
}

const anyNode = (random: Random) => below(random, 2 * count - 1);

/** Whether each pixel is below one of some nodes. */
function pixelsBelow({ state }: MaskDocument, nodes: readonly number[]): boolean[] {
  const regions = new Set(nodes.flatMap(node => leavesOf(state.hierarchy!, node)));
  return [...state.regions.ids].map(id => regions.has(id));
}

suite('Edits of nodes', () => {
  test('taking gives all pixels below the nodes to the label, which keeps them at every granularity', () => {
    for (const seed of rounds) {
      const random = seeded(seed),
        document = named(random);
      const before = shown(document);
      const nodes = [anyNode(random), anyNode(random)];
      const inside = pixelsBelow(document, nodes);
      const { value, name, colour } = document.view().labels[0];
      assert.ok(edit(document, { kind: 'take', nodes, into: value }));
      const expected = before.map((was, p) => (inside[p] ? `${name} ${colour}` : was));
      assert.deepEqual(shown(document), expected);
      assert.deepEqual(shown(fromBackup(toBackup(document))), expected);
      const pixels = expected.map(one => one === `${name} ${colour}`);
      for (const granularity of [0, 0.2, 1]) {
        edit(document, { kind: 'granularity', granularity });
        assert.deepEqual(
          shown(document).map(one => one === `${name} ${colour}`),
          pixels,
          `changed at ${granularity}`,
        );
      }
      assert.equal(edit(document, { kind: 'take', nodes, into: document.labelMap()[inside.indexOf(true)] }), false);
    }
  });

  test('giving back what was taken leaves the mask as it was, with names and colours', () => {
    for (const seed of rounds) {
      const random = seeded(seed),
        document = named(random);
      const before = shown(document);
      const taken = Array.from({ length: 6 }, () => anyNode(random));
      for (const node of taken) edit(document, { kind: 'take', nodes: [node], into: below(random, 2) ? 'new' : 0 });
      assert.ok(edit(document, { kind: 'giveBack', nodes: taken }));
      checkPins(document.state.pins);
      assert.deepEqual(shown(document), before);
      assert.equal(edit(document, { kind: 'giveBack', nodes: taken }), false);
    }
  });

  test('locked labels neither lose nor take pixels', () => {
    for (const seed of rounds) {
      const random = seeded(seed),
        document = named(random);
      edit(document, { kind: 'take', nodes: [anyNode(random)], into: 'new' });
      const { value } = document.view().labels[below(random, document.view().labels.length)];
      edit(document, { kind: 'lock', values: [value], locked: true });
      const name = document.view().labels.find(label => label.value === value)!.name;
      const pixels = () => {
        const locked = document.view().labels.find(label => label.name === name);
        return [...document.labelMap()].map(one => one === locked?.value);
      };
      const before = pixels();
      const root = 2 * count - 2;
      assert.throws(() => edit(document, { kind: 'take', nodes: [root], into: value }), /is locked/);
      edit(document, { kind: 'take', nodes: [root], into: 0 });
      edit(document, { kind: 'giveBack', nodes: [root] });
      if (name.startsWith('label')) assert.deepEqual(pixels(), before);
    }
  });

  test('without a hierarchy are refused', () => {
    const document = new MaskDocument({ ...named(seeded(1)).state, hierarchy: null });
    assert.throws(() => edit(document, { kind: 'take', nodes: [0], into: 1 }), /no hierarchy/);
  });
});
