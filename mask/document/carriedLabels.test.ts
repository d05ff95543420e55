import assert from 'node:assert/strict';
import { withCarriedLabels } from './carriedLabels';
import { MaskDocument } from './maskDocument';
import { stateFromSegmentation } from './segmentation';
import { statusOf } from './statusOf';
import { checkClassList } from '../classes/checkClassList';
import { edit, randomResult, seeded, setGranularity } from '../testing/randomMasks';

const checked = checkClassList({
  classes: [
    { id: 4, name: 'road', colour: '#804080' },
    { id: 7, name: 'car', colour: '#0000ff' },
  ],
});
const classes = 'list' in checked ? checked.list : undefined;
const road = { class: 4, name: 'road', colour: '#804080', regions: [0, 1, 2] };
const cars = [
  { class: 7, name: 'car', colour: '#0000ff', regions: [3, 4] },
  { class: 7, name: 'car', colour: '#0000ff', regions: [5] },
];

function proposal(): MaskDocument {
  return new MaskDocument(stateFromSegmentation(randomResult(seeded(1), 30, 20, 25)), classes);
}

/** By base region: the class of its label, `null` for a label without one, `undefined` for the background. */
function classesOf(document: MaskDocument) {
  const { labelOf, labels } = document.view();
  return Array.from({ length: 25 }, (_, region) => {
    const label = labels.find(({ value }) => value === labelOf[region]);
    return label && (label.class ?? null);
  });
}

suite('Labels of the picture before', () => {
  test('become labels of their own, at every granularity, and leave other regions without a class', () => {
    const document = proposal();
    const before = document.state;
    document.take(withCarriedLabels(document, { labels: [road, ...cars], background: [6] })!);
    for (const granularity of [0, 0.5, 1]) {
      setGranularity(document, granularity);
      const found = classesOf(document);
      assert.deepEqual(found.slice(0, 7), [4, 4, 4, 7, 7, 7, undefined]);
      assert.ok(found.slice(7).every(one => one === null));
      assert.equal(document.view().labels.filter(label => label.class === 7).length, 2);
      assert.deepEqual(
        document
          .view()
          .labels.filter(label => label.class === 4)
          .map(({ name, colour }) => [name, colour]),
        [['road', '#804080']],
      );
    }
    assert.equal(statusOf(document.state), 'proposed');
    assert.equal(before.pins.size, 0);
  });

  test('replace those of an earlier proposal', () => {
    const document = proposal();
    document.take(withCarriedLabels(document, { labels: [road, ...cars], background: [6] })!);
    document.take(withCarriedLabels(document, { labels: [{ ...road, regions: [5, 6] }], background: [] })!);
    const found = classesOf(document);
    assert.deepEqual(found.slice(0, 8), [null, null, null, null, null, 4, 4, null]);
  });

  test('leave locked labels, and in an edited mask everything that a person made', () => {
    const document = proposal();
    setGranularity(document, 1);
    const valueAt = (region: number) => document.view().labelOf[region];
    edit(document, { kind: 'lock', values: [valueAt(0)], locked: true });
    edit(document, { kind: 'rename', value: valueAt(1), name: 'mine' });
    edit(document, { kind: 'classify', values: [valueAt(3)], class: 4 });
    edit(document, { kind: 'erase', values: [valueAt(5)] });
    const carried = withCarriedLabels(document, { labels: [road, ...cars], background: [6] })!;
    document.take(carried);
    const found = classesOf(document);
    assert.deepEqual(found.slice(0, 8), [null, null, 4, 4, 7, undefined, undefined, null]);
    const { labels, labelOf } = document.view();
    assert.equal(labels.find(({ value }) => value === labelOf[1])!.name, 'mine');
    assert.equal(statusOf(document.state), 'edited');
  });

  test('leave what a person painted', () => {
    const document = proposal();
    edit(document, { kind: 'stroke', into: 'new', size: 5, points: [10, 10, 20, 10] });
    const painted = document.view().labels.find(({ representative }) => representative >= 25)!;
    const before = document.labelMap().map(value => (value === painted.value ? 1 : 0));
    const regions = Array.from({ length: document.state.regions.count }, (_, region) => region);
    document.take(withCarriedLabels(document, { labels: [{ ...road, regions }], background: [] })!);
    const kept = document.view().labels.find(({ representative }) => representative === painted.representative)!;
    assert.deepEqual(
      document.labelMap().map(value => (value === kept.value ? 1 : 0)),
      before,
    );
    assert.equal(document.view().labels.length, 2);
  });

  test('change nothing where all is a person’s', () => {
    const document = proposal();
    setGranularity(document, 1);
    edit(document, { kind: 'classify', values: document.view().labels.map(({ value }) => value), class: 4 });
    assert.equal(withCarriedLabels(document, { labels: cars, background: [0] }), null);
  });
});
