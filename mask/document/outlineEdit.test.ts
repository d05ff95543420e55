import assert from 'node:assert/strict';
import { runsOfRegions, withoutRuns } from '../regions/runSets';
import { contoursOf } from '../shapes/contours';
import { ringsOfRuns, runsOfRings } from '../shapes/labelRings';
import { RingSimplifier } from '../shapes/simplifyRings';
import { below, edit, randomResult, seeded, sides, type Random } from '../testing/randomMasks';
import { fromBackup, toBackup } from '../files/maskFiles';
import { MaskDocument } from './maskDocument';
import { emptyState } from './maskState';
import { stateFromSegmentation } from './segmentation';

const [width, height] = [24, 18];

/** A document in which labels have names, one is locked, and others are background. */
function named(random: Random): MaskDocument {
  const document = new MaskDocument(stateFromSegmentation(randomResult(random, width, height, 40)));
  edit(document, { kind: 'granularity', granularity: 0.3 + 0.5 * random() });
  const { labels } = document.view();
  for (const { value } of labels) edit(document, { kind: 'rename', value, name: `label ${value}` });
  if (labels.length > 3) {
    edit(document, { kind: 'lock', values: [labels[1].value], locked: true });
    edit(document, { kind: 'erase', values: [labels[2].value] });
  }
  return document;
}

/** The name of each pixel's label; empty for background. */
function names(document: MaskDocument): string[] {
  const byValue = new Map(document.view().labels.map(label => [label.value, label.name]));
  return [...document.labelMap()].map(value => byValue.get(value) ?? '');
}

/** A document of labels drawn with characters, named by them; `.` is background. */
function drawn(...rows: string[]): MaskDocument {
  const found = [...new Set(rows.join('').replaceAll('.', ''))];
  const ids = Uint16Array.from([...rows.join('')].map(one => found.indexOf(one) + 1));
  const regions = { width: rows[0].length, height: rows.length, count: found.length + 1, ids };
  const document = new MaskDocument({
    ...emptyState(regions.width, regions.height),
    regions,
    colours: new Uint8Array(regions.count),
  });
  for (const name of found) {
    const value = document.labelMap()[ids.indexOf(found.indexOf(name) + 1)];
    edit(document, { kind: 'rename', value, name });
  }
  return document;
}

const rowsOf = (document: MaskDocument) =>
  Array.from({ length: document.height }, (_, y) =>
    names(document)
      .slice(y * document.width, (y + 1) * document.width)
      .map(name => name || '.')
      .join(''),
  );
const valueOf = (document: MaskDocument, name: string) =>
  document.view().labels.find(label => label.name === name)!.value;

suite('Editing an outline', () => {
  test('with the outline that a label has changes nothing', () => {
    for (let seed = 1; seed <= 6; seed++) {
      const document = named(seeded(seed));
      const map = document.labelMap();
      for (const { value, locked } of document.view().labels) {
        const inside = Uint8Array.from(document.cut().labelOf, one => (one === value ? 1 : 0));
        const runs = runsOfRegions(document.state.regions.ids, inside);
        const rings = ringsOfRuns(runs, width);
        assert.deepEqual(
          rings,
          contoursOf(map, width, height)
            .filter(({ label }) => label === value)
            .map(({ points }) => points),
        );
        assert.deepEqual(runsOfRings(rings, width, height), runs);
        if (!locked) assert.equal(edit(document, { kind: 'outline', value, rings }), false);
      }
    }
  });

  test('moves the boundary: pixels taken come from those around, pixels given up go to the nearest label', () => {
    const document = drawn('aaaaaaaa', 'abbbbcca', 'abbbbcca', 'abbbbcca', 'aaaaaaaa');
    // From a corner of `b` inward: nearer to `a` at the left, to `c` at the right.
    assert.ok(edit(document, { kind: 'outline', value: valueOf(document, 'b'), rings: [[2, 1, 4, 1, 4, 4, 2, 4]] }));
    assert.deepEqual(rowsOf(document), ['aaaaaaaa', 'aabbccca', 'aabbccca', 'aabbccca', 'aaaaaaaa']);
    edit(document, { kind: 'outline', value: valueOf(document, 'b'), rings: [[2, 1, 6, 1, 6, 3, 2, 3]] });
    assert.deepEqual(rowsOf(document), ['aaaaaaaa', 'aabbbbca', 'aabbbbca', 'aaaaccca', 'aaaaaaaa']);
  });

  test('gives up to no label where that is nearest, keeps holes, and cuts one where a ring says so', () => {
    const document = drawn('......', '.bbbb.', '.bbbb.', '.bbbb.', '.bbbb.', '......');
    const value = valueOf(document, 'b');
    edit(document, {
      kind: 'outline',
      value,
      rings: [
        [1, 1, 5, 1, 5, 5, 1, 5],
        [2, 2, 2, 4, 4, 4, 4, 2],
      ],
    });
    assert.deepEqual(rowsOf(document), ['......', '.bbbb.', '.b..b.', '.b..b.', '.bbbb.', '......']);
    edit(document, {
      kind: 'outline',
      value: valueOf(document, 'b'),
      rings: [
        [2, 1, 5, 1, 5, 5, 2, 5],
        [3, 2, 3, 4, 4, 4, 4, 2],
      ],
    });
    assert.deepEqual(rowsOf(document), ['......', '..bbb.', '..b.b.', '..b.b.', '..bbb.', '......']);
  });

  test('takes nothing from locked labels and gives them nothing', () => {
    const document = drawn('bbcc', 'bbcc');
    edit(document, { kind: 'lock', values: [valueOf(document, 'c')], locked: true });
    edit(document, { kind: 'outline', value: valueOf(document, 'b'), rings: [[0, 0, 3, 0, 3, 2, 0, 2]] });
    assert.deepEqual(rowsOf(document), ['bbcc', 'bbcc']);
    edit(document, { kind: 'outline', value: valueOf(document, 'b'), rings: [[0, 0, 1, 0, 1, 2, 0, 2]] });
    assert.deepEqual(rowsOf(document), ['b.cc', 'b.cc']);
  });

  test('at random: the label has what the rings enclose, and only that changes, to a label beside it', () => {
    for (let seed = 1; seed <= 12; seed++) {
      const random = seeded(seed),
        document = named(random);
      for (let step = 0; step < 4; step++) {
        const before = names(document);
        const { labels } = document.view();
        const locked = new Set(labels.filter(one => one.locked).map(({ name }) => name));
        const { value, name } = labels.find(one => !one.locked)!;
        const rings = Array.from({ length: 1 + below(random, 2) }, () =>
          Array.from({ length: 6 + 2 * below(random, 4) }, () => Math.round(random() * 26 - 1)),
        );
        edit(document, { kind: 'outline', value, rings });
        const after = names(document);
        const inside = new Set<number>();
        const runs = runsOfRings(rings, width, height);
        for (let i = 0; i < runs.length; i += 2) for (let p = runs[i]; p < runs[i] + runs[i + 1]; p++) inside.add(p);
        before.forEach((was, p) => {
          if (locked.has(was)) assert.equal(after[p], was, 'locked');
          else if (inside.has(p)) assert.ok(after[p] === name || was === name, `taken, seed ${seed}`);
          else if (was !== name) assert.equal(after[p], was, 'elsewhere');
          else {
            assert.notEqual(after[p], name, 'given up');
            assert.ok(!locked.has(after[p]), 'not to a locked label');
            if (after[p] !== '')
              assert.ok(
                sides(p, width, height).some(q => after[q] === after[p]),
                'joined to the label around',
              );
          }
        });
        assert.deepEqual(names(fromBackup(toBackup(document))), after);
        if (!document.view().labels.some(one => one.name === name)) break;
      }
    }
  });

  test('simplified changes few pixels, all within the tolerance of the boundary', () => {
    const random = seeded(5);
    const document = new MaskDocument(stateFromSegmentation(randomResult(random, 200, 150, 20)));
    const { value, area } = document.view().labels.reduce((most, one) => (one.area > most.area ? one : most));
    const inside = Uint8Array.from(document.cut().labelOf, one => (one === value ? 1 : 0));
    const runs = runsOfRegions(document.state.regions.ids, inside);
    const rings = new RingSimplifier(ringsOfRuns(runs, 200), 2).at(2);
    const after = runsOfRings(rings, 200, 150);
    const changed = [withoutRuns(runs, after), withoutRuns(after, runs)];
    const count = changed.reduce((sum, one) => sum + one.reduce((all, length, i) => all + (i % 2) * length, 0), 0);
    assert.ok(count > 0 && count < area / 3, `${count} of ${area}`);
  });
});
