import assert from 'node:assert/strict';
import { covers } from '../regions/connectivity';
import { MaskDocument } from './maskDocument';
import { fromBackup, toBackup } from '../files/maskFiles';
import { strokeRuns } from '../regions/pixelRuns';
import type { EditRequest } from './editRequests';
import { stateFromSegmentation } from './segmentation';
import { below, edit, flood, randomResult, seeded, setGranularity, type Random } from '../testing/randomMasks';

const [width, height] = [24, 18];

/** A document at a granularity of its own, each of whose labels has a name of its own. */
function named(random: Random, count = 40): MaskDocument {
  const document = new MaskDocument(stateFromSegmentation(randomResult(random, width, height, count)));
  edit(document, { kind: 'granularity', granularity: 0.3 + 0.5 * random() });
  for (const { value } of document.view().labels) edit(document, { kind: 'rename', value, name: `label ${value}` });
  return document;
}

/** The name of each pixel's label; empty for background. */
function names(document: MaskDocument): string[] {
  const byValue = new Map(document.view().labels.map(label => [label.value, label.name]));
  return [...document.labelMap()].map(value => byValue.get(value) ?? '');
}

function colourOfName(document: MaskDocument, name: string): string | undefined {
  return document.view().labels.find(label => label.name === name)?.colour;
}

function anyLabels(random: Random, document: MaskDocument, count: number): number[] {
  const values = document.view().labels.map(label => label.value);
  while (values.length > count) values.splice(below(random, values.length), 1);
  return values;
}

const rounds = Array.from({ length: 30 }, (_, i) => i + 1);

suite('Edits of labels', () => {
  test('merging gives the pixels of all to one, which keeps name and colour, at every granularity', () => {
    for (const seed of rounds) {
      const random = seeded(seed),
        document = named(random);
      const before = names(document);
      const [into, ...rest] = anyLabels(random, document, 3);
      const merged = [into, ...rest].map(value => `label ${value}`);
      const colour = colourOfName(document, merged[0]);
      assert.ok(edit(document, { kind: 'merge', values: rest, into }));
      assert.deepEqual(
        names(document),
        before.map(name => (merged.includes(name) ? merged[0] : name)),
      );
      assert.equal(colourOfName(document, merged[0]), colour);
      const pixels = names(document).map(name => name === merged[0]);
      for (const granularity of [0, 0.2, 1]) {
        edit(document, { kind: 'granularity', granularity });
        assert.deepEqual(
          names(document).map(name => name === merged[0]),
          pixels,
          `changed at ${granularity}`,
        );
      }
    }
  });

  test('deleting leaves background, at every granularity', () => {
    for (const seed of rounds) {
      const random = seeded(seed),
        document = named(random);
      const before = names(document);
      const values = anyLabels(random, document, 2);
      edit(document, { kind: 'erase', values });
      const expected = before.map(name => (values.some(value => name === `label ${value}`) ? '' : name));
      assert.deepEqual(names(document), expected);
      edit(document, { kind: 'granularity', granularity: 0 });
      assert.deepEqual(
        names(document).map(name => name === ''),
        expected.map(name => name === ''),
      );
    }
  });

  test('splitting makes each connected part a label', () => {
    for (const seed of rounds) {
      const random = seeded(seed),
        document = named(random);
      const [into, ...rest] = anyLabels(random, document, 6);
      edit(document, { kind: 'merge', values: rest, into });
      const before = names(document),
        name = `label ${into}`;
      const value = document.view().labels.find(label => label.name === name)!.value;
      edit(document, { kind: 'split', values: [value] });
      const after = names(document),
        map = document.labelMap();
      before.forEach((was, p) => {
        if (was !== name) assert.equal(after[p], was);
      });
      const parts = flood(
        before.map(was => was === name),
        width,
      );
      assert.deepEqual(
        parts.map(part => new Set(part.map(p => map[p])).size),
        parts.map(() => 1),
      );
      assert.equal(new Set(parts.map(part => map[part[0]])).size, parts.length);
      const kept = parts.find(part => after[part[0]] === name)!;
      assert.equal(kept.length, Math.max(...parts.map(part => part.length)), 'the largest keeps the name');
    }
  });

  test('finer divides a label where the hierarchy joined it last, again and again down to base regions', () => {
    for (const seed of rounds) {
      const random = seeded(seed),
        document = named(random);
      edit(document, { kind: 'granularity', granularity: 0 });
      const [{ value, name }] = document.view().labels;
      const before = new MaskDocument(document.state);
      setGranularity(before, document.state.hierarchy!.levels.at(-1)! - 1e-6);
      setGranularity(before, document.state.hierarchy!.levels.at(-1)!);
      edit(document, { kind: 'finer', values: [value] });
      const sizes = document.view().labels.map(label => label.area);
      assert.equal(sizes.length, 2);
      const larger = document.view().labels.find(label => label.name === name)!;
      assert.equal(larger.area, Math.max(...sizes));
      for (let steps = 0; ; steps++) {
        const divisible = document
          .view()
          .labels.find(
            label =>
              label.area > 0 &&
              new Set([...document.state.regions.ids].filter(id => document.cut().labelOf[id] === label.value)).size >
                1,
          );
        if (!divisible) {
          assert.equal(steps, 38);
          break;
        }
        assert.ok(edit(document, { kind: 'finer', values: [divisible.value] }));
      }
      assert.equal(document.view().labels.length, 40);
      assert.throws(() => edit(document, { kind: 'finer', values: [1] }), /single region/);
    }
  });

  test('a stroke gives its pixels to a label, a new one or the background, and nothing else changes', () => {
    for (const seed of rounds) {
      const random = seeded(seed),
        document = named(random);
      for (let stroke = 0; stroke < 12; stroke++) {
        const before = names(document);
        const { labels } = document.view();
        const points = Array.from({ length: 4 }, () => random() * 24),
          size = 1 + below(random, 9);
        const runs = strokeRuns(points, size, document);
        const kind = below(random, 3);
        const label = labels[below(random, labels.length)];
        const into = kind === 0 ? 0 : kind === 1 ? ('new' as const) : label.value;
        edit(document, { kind: 'stroke', into, size, points });
        const after = names(document);
        const fresh = after[runs[0] ?? 0];
        before.forEach((was, p) => {
          const expected = !covers(runs, p) ? was : kind === 0 ? '' : kind === 1 ? fresh : label.name;
          // Labels without a name of their own are called by their value, which changes with the first pixels.
          if (expected.startsWith('Region')) assert.notEqual(after[p], '');
          else assert.equal(after[p], expected);
        });
        assert.deepEqual(names(fromBackup(toBackup(document))), after);
      }
    }
  });

  test('filling takes the connected part around a pixel', () => {
    for (const seed of rounds) {
      const random = seeded(seed),
        document = named(random);
      edit(document, { kind: 'erase', values: anyLabels(random, document, 3) });
      const before = names(document);
      const [p, value] = [below(random, width * height), document.view().labels[0].value];
      const name = document.view().labels[0].name;
      const part = flood(
        before.map(was => was === before[p]),
        width,
      ).find(pixels => pixels.includes(p))!;
      assert.equal(
        edit(document, { kind: 'fill', into: value, x: p % width, y: Math.floor(p / width) }),
        before[p] !== name,
      );
      assert.deepEqual(
        names(document),
        before.map((was, q) => (part.includes(q) ? name : was)),
      );
    }
  });

  test('locked labels keep their pixels', () => {
    for (const seed of rounds) {
      const random = seeded(seed),
        document = named(random);
      const { value, name } = document.view().labels[0];
      edit(document, { kind: 'lock', values: [value], locked: true });
      const pixels = names(document).map(one => one === name);
      const other = document.view().labels.at(-1)!.value;
      for (const request of [
        { kind: 'merge', values: [value], into: other },
        { kind: 'merge', values: [other], into: value },
        { kind: 'split', values: [value] },
        { kind: 'finer', values: [value] },
        { kind: 'erase', values: [value] },
        { kind: 'stroke', into: value, size: 3, points: [1, 1] },
        { kind: 'outline', value, rings: [[0, 0, 5, 0, 5, 5]] },
      ] satisfies EditRequest[]) {
        assert.throws(() => edit(document, request), /‘label 1’ is locked/);
      }
      edit(document, { kind: 'outline', value: other, rings: [[0, 0, 24, 0, 24, 18, 0, 18]] });
      edit(document, { kind: 'stroke', into: 0, size: 30, points: [0, 0, 24, 18] });
      edit(document, { kind: 'take', into: 'new', nodes: [78] });
      assert.deepEqual(
        names(document).map(one => one === name),
        pixels,
      );
    }
  });

  test('that change nothing are none', () => {
    const document = named(seeded(1));
    const map = document.labelMap();
    for (const request of [
      { kind: 'merge', values: [1], into: 1 },
      { kind: 'stroke', into: map[0], size: 1, points: [0.5, 0.5] },
      { kind: 'stroke', into: 1, size: 5, points: [-99, 0] },
      { kind: 'polygon', into: 1, points: [1, 1, 2, 2] },
    ] satisfies EditRequest[]) {
      assert.equal(edit(document, request), false, JSON.stringify(request));
    }
  });

  test('that make no sense are refused', () => {
    const document = named(seeded(1));
    const refused: [unknown, RegExp][] = [
      [{ kind: 'merge', values: [], into: 1 }, /not possible/],
      [{ kind: 'merge', values: [500], into: 1 }, /no label 500/],
      [{ kind: 'stroke', into: 1, size: 0, points: [1, 1] }, /not possible/],
      [{ kind: 'stroke', into: 1, size: 5, points: [1] }, /not possible/],
      [{ kind: 'stroke', into: 1, size: 5, points: [1, NaN] }, /not possible/],
      [{ kind: 'stroke', into: 'old', size: 5, points: [1, 1] }, /not possible/],
      [{ kind: 'polygon', into: 1, points: new Array(1e5).fill(1) }, /not possible/],
      [{ kind: 'outline', value: 1, rings: [] }, /not possible/],
      [{ kind: 'outline', value: 1, rings: [[0, 0, 1, 1]] }, /not possible/],
      [{ kind: 'outline', value: 1, rings: [[0, 0, 1, 1, 2, 0, 3]] }, /not possible/],
      [{ kind: 'outline', value: 1, rings: [new Array(1e5).fill(1)] }, /not possible/],
      [{ kind: 'outline', value: 500, rings: [[0, 0, 9, 0, 9, 9]] }, /no label 500/],
      [{ kind: 'fill', into: 1, x: 24, y: 0 }, /beside the picture/],
      [{ kind: 'take', into: 1, nodes: [3, 79] }, /no such region/],
      [{ kind: 'giveBack', nodes: [] }, /not possible/],
    ];
    for (const [request, message] of refused) assert.throws(() => edit(document, request), message);
  });
});
