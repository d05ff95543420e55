import assert from 'node:assert/strict';
import type { EditRequest } from '../../mask/document/editRequests';
import type { MaskState } from '../../mask/document/maskState';
import { stateFromSegmentation } from '../../mask/document/segmentation';
import { applyPatch } from '../../mask/regions/patch';
import { below, randomResult, seeded, type Random } from '../../mask/testing/randomMasks';
import { EditedDocument } from '../../test/support/editedDocument';
import type { DocumentChange, ImageDocument } from './imageDocument';

function opened(seed: number): EditedDocument {
  const edited = new EditedDocument('/photos/photo.jpg');
  edited.document.set(stateFromSegmentation(randomResult(seeded(seed), 24, 18, 30)));
  return edited;
}

/** Makes any edit that fits the document: what a page may request, or a segmentation. */
function editAtRandom(random: Random, document: ImageDocument): void {
  const { labels } = document.model!.view();
  const label = labels[below(random, labels.length)] as (typeof labels)[number] | undefined;
  const kind = below(random, 11);
  if (kind === 0 || !label) {
    document.request({ kind: 'granularity', granularity: below(random, 11) / 10 });
    return;
  }
  const { value } = label;
  if (kind === 1) document.request({ kind: 'rename', value, name: ['', 'sky', 'tree'][below(random, 3)] });
  else if (kind === 2) document.request({ kind: 'recolour', value, colour: ['#FF0000', '#00ff00'][below(random, 2)] });
  else if (kind === 3) document.request({ kind: 'lock', values: [value], locked: random() < 0.5 });
  else if (kind === 10 || label.locked)
    document.finishSegmentation(randomResult(random, 24, 18, 5 + below(random, 20)));
  else {
    const into = ([0, 'new', value] as const)[below(random, 3)];
    const others = labels.filter(one => !one.locked && random() < 0.3).map(one => one.value);
    const coordinates = (count: number) => Array.from({ length: count }, () => random() * 24);
    const requests = [
      { kind: 'stroke', into, size: 1 + below(random, 9), points: coordinates(4) },
      { kind: 'polygon', into, points: coordinates(6) },
      { kind: 'outline', value, rings: [coordinates(10), coordinates(6)] },
      { kind: 'merge', values: [...others, value], into: value },
      { kind: 'split', values: [value] },
      { kind: 'erase', values: [value] },
      ...nodeEdits(random, document, into),
    ];
    document.request(requests[below(random, requests.length)]);
  }
}

/** Edits of nodes of the hierarchy; none where there is no hierarchy. */
function nodeEdits(random: Random, document: ImageDocument, into: number | 'new'): EditRequest[] {
  const count = document.model?.state.hierarchy?.count;
  if (count === undefined) return [];
  const nodes = Array.from({ length: 1 + below(random, 3) }, () => below(random, 2 * count - 1));
  return [
    { kind: 'take', nodes, into },
    { kind: 'giveBack', nodes },
  ];
}

/** A state in a form to compare: the order of a map's entries has no meaning. */
function plain(state: MaskState) {
  const sorted = (map: ReadonlyMap<number, unknown>) => [...map].sort(([a], [b]) => a - b);
  return { ...state, pins: sorted(state.pins), properties: sorted(state.properties), values: sorted(state.values) };
}

function contentOf({ model }: ImageDocument) {
  return { state: plain(model!.state), view: model!.view(), pixels: model!.labelMap() };
}

suite('The document of the mask editor', () => {
  test('undoes and redoes any edits exactly', () => {
    for (let seed = 1; seed <= 25; seed++) {
      const random = seeded(seed);
      const edited = opened(seed);
      const contents = [contentOf(edited.document)];
      for (let step = 0; step < 40; step++) {
        editAtRandom(random, edited.document);
        if (edited.depth === contents.length) contents.push(contentOf(edited.document));
      }
      for (let depth = contents.length - 2; depth >= 0; depth--) {
        edited.undo();
        assert.deepEqual(contentOf(edited.document), contents[depth]);
      }
      for (const content of contents.slice(1)) {
        edited.redo();
        assert.deepEqual(contentOf(edited.document), content);
      }
    }
  });

  test('says with each change of the map what changed since the map before', () => {
    const random = seeded(7);
    const edited = opened(7);
    const { document } = edited;
    let { regions } = document.state!;
    let [patched, replaced] = [0, 0];
    document.onChange((change: DocumentChange) => {
      if (change.part !== 'regions') return;
      const now = document.state!.regions;
      if (now !== regions && change.mapChange) {
        assert.equal(change.mapChange.from, regions);
        assert.equal(change.mapChange.to, now);
        const ids = regions.ids.slice();
        applyPatch(ids, change.mapChange.patch);
        assert.deepEqual(ids, now.ids);
        patched++;
      } else if (now !== regions) replaced++;
      regions = now;
    });
    for (let step = 0; step < 60; step++) {
      if (edited.depth > 0 && step % 4 === 3) edited.undo();
      else editAtRandom(random, document);
    }
    assert.ok(patched > 20 && replaced === 0, `${patched} patched, ${replaced} replaced`);
    document.set(stateFromSegmentation(randomResult(random, 24, 18, 30)));
    assert.equal(replaced, 1, 'a mask read anew has no map before it');
  });

  test('undoes a step right although the mask was read anew in between, and the first mask into none', () => {
    const edited = new EditedDocument('/photos/photo.jpg');
    const { document } = edited;
    document.begin(24, 18);
    const empty = contentOf(document);
    document.request({ kind: 'stroke', into: 'new', size: 5, points: [3, 3, 15, 9] });
    const painted = contentOf(document);
    document.set(stateFromSegmentation(randomResult(seeded(1), 24, 18, 30)));
    edited.undo();
    assert.deepEqual(contentOf(document), empty);
    edited.redo();
    assert.deepEqual(contentOf(document), painted);
    edited.undo();
    edited.undo();
    assert.equal(document.state, null);
    edited.redo();
    assert.deepEqual(contentOf(document), empty);
  });

  test('keeps requests that change nothing or are refused out of the undo stack', () => {
    const edited = opened(1);
    const { document } = edited;
    const { state } = document;
    document.request({ kind: 'rename', value: 1, name: '' });
    assert.throws(() => {
      document.request({ kind: 'rename', value: 9999, name: 'x' });
    }, /no label 9999/);
    assert.throws(() => {
      document.request({ kind: 'explode' });
    }, /not possible/);
    assert.equal(edited.depth, 0);
    assert.equal(document.state, state);
  });

  test('takes no locked labels over from a mask of another image, unless it was edited here', () => {
    const edited = opened(2);
    const { document } = edited;
    document.request({ kind: 'rename', value: 1, name: 'sky' });
    document.request({ kind: 'lock', values: [1], locked: true });
    const lockedNames = () =>
      document
        .model!.view()
        .labels.filter(({ locked }) => locked)
        .map(({ name }) => name);
    const { state } = document;
    document.ofAnotherImage = state ?? undefined;
    document.finishSegmentation(randomResult(seeded(4), 24, 18, 12));
    assert.deepEqual(lockedNames(), []);
    document.set(state);
    document.request({ kind: 'rename', value: 2, name: 'tree' });
    document.finishSegmentation(randomResult(seeded(4), 24, 18, 12));
    assert.deepEqual(lockedNames(), ['sky']);
  });

  test('lets only the slider move during a segmentation, which is one step that undo takes back', () => {
    const edited = opened(2);
    const { document } = edited;
    const before = contentOf(document);
    document.showSegmentation({ state: 'running', iteration: 1, iterations: 9, labels: 3, regions: 3, loss: 1 });
    document.showPreview({ ...randomResult(seeded(3), 12, 9, 10), run: null });
    document.request({ kind: 'granularity', granularity: 0.7 });
    assert.throws(() => {
      document.request({ kind: 'rename', value: 1, name: 'x' });
    }, /once the segmentation has ended/);
    assert.equal(edited.depth, 0);
    document.finishSegmentation(randomResult(seeded(4), 24, 18, 12));
    document.showSegmentation(null);
    assert.equal(document.state!.granularity, 0.7);
    assert.equal(edited.depth, 1);
    edited.undo();
    assert.deepEqual(contentOf(document), before);
  });
});
