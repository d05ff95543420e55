import assert from 'node:assert/strict';
import { MaskDocument } from './document';
import { editFromRequest } from './requests';
import { stateFromRun, stateOverLocked } from './run';
import { randomHierarchy, randomResult, seeded } from './testing';

suite('A run over an existing mask', () => {
  const lockTwo = () => {
    const document = new MaskDocument(stateFromRun(randomResult(seeded(1), 30, 20, 25)));
    for (const request of [
      { kind: 'rename', value: 2, name: 'the cat' }, { kind: 'lock', values: [2], locked: true }, { kind: 'lock', values: [3], locked: true },
      { kind: 'rename', value: 4, name: 'goes' },
    ]) document.apply(editFromRequest(document, request)!);
    return document;
  };

  test('keeps the pixels, names and colours of locked labels at every granularity, and nothing else', () => {
    const document = lockTwo();
    const old = document.view().labels;
    const pixels = document.labelMap();
    document.apply({ kind: 'replace', state: stateOverLocked(document, randomResult(seeded(2), 30, 20, 40)) });
    for (const granularity of [0, 0.3, 0.7, 1]) {
      document.apply({ kind: 'granularity', granularity });
      const now = document.labelMap();
      const { labels } = document.view();
      const locked = labels.filter(label => label.locked);
      assert.equal(locked.length, 2);
      for (const label of locked) {
        const was = old.find(one => one.colour === label.colour && one.locked)!;
        assert.equal(label.area, was.area);
        assert.ok(now.every((value, p) => (value === label.value) === (pixels[p] === was.value)));
        if (was.name === 'the cat') assert.equal(label.name, 'the cat');
      }
      assert.equal(labels.filter(label => label.name === 'the cat').length, 1);
      assert.ok(labels.every(label => label.name !== 'goes'));
    }
  });

  test('is one edit, undone in one', () => {
    const document = lockTwo();
    const before = document.state;
    const undo = document.apply({ kind: 'replace', state: stateOverLocked(document, randomResult(seeded(3), 30, 20, 10)) });
    assert.notEqual(document.state, before);
    document.apply(undo);
    assert.equal(document.state, before);
  });

  test('keeps locked labels over a second run too, even where they hide whole regions', () => {
    const document = lockTwo();
    for (const seed of [4, 5]) document.apply({ kind: 'replace', state: stateOverLocked(document, randomResult(seeded(seed), 30, 20, 300)) });
    const { labels } = document.view();
    assert.equal(labels.filter(label => label.locked).length, 2);
    assert.ok(labels.every(label => label.area > 0));
    assert.equal(labels.reduce((sum, label) => sum + label.area, 0), 600);
  });

  test('without locked labels is the run alone, whatever was there before', () => {
    const document = new MaskDocument(stateFromRun(randomResult(seeded(1), 30, 20, 25)));
    const result = randomResult(seeded(6), 30, 20, 25);
    assert.deepEqual(stateOverLocked(document, result), stateFromRun(result));
  });

  test('keeps the colours of the preview before it where neighbours allow', () => {
    const result = randomResult(seeded(6), 60, 40, 80);
    const before = stateFromRun({ ...result, hierarchy: randomHierarchy(seeded(7), result.regions), run: null });
    const kept = ({ colours }: { colours: Uint8Array }) => colours.filter((colour, region) => colour === before.colours[region]).length;
    assert.ok(kept(stateFromRun(result, before)) > 2 * kept(stateFromRun(result)));
  });

  test('of another size, or that contradicts itself, is refused', () => {
    const document = lockTwo();
    assert.throws(() => stateOverLocked(document, randomResult(seeded(7), 20, 30, 10)), /20×30 pixels, the mask of 30×20/);
    const result = randomResult(seeded(8), 30, 20, 10);
    const { hierarchy } = randomResult(seeded(8), 30, 20, 11);
    assert.throws(() => stateFromRun({ ...result, hierarchy }), /11 regions does not fit a map of 10/);
  });
});
