import assert from 'node:assert/strict';
import { MaskDocument } from './maskDocument';
import { encodeMask, openMask } from '../files/maskFiles';
import { isMadeByHand, stateFromSegmentation, stateOverLocked } from './segmentation';
import { edit, randomHierarchy, randomResult, seeded, setGranularity } from '../testing/randomMasks';

suite('A run over an existing mask', () => {
  const lockTwo = () => {
    const document = new MaskDocument(stateFromSegmentation(randomResult(seeded(1), 30, 20, 25)));
    for (const request of [
      { kind: 'rename', value: 2, name: 'the cat' },
      { kind: 'lock', values: [2], locked: true },
      { kind: 'lock', values: [3], locked: true },
      { kind: 'rename', value: 4, name: 'goes' },
    ])
      edit(document, request);
    return document;
  };

  test('keeps the pixels, names and colours of locked labels at every granularity, and nothing else', () => {
    const document = lockTwo();
    const old = document.view().labels;
    const pixels = document.labelMap();
    document.take(stateOverLocked(document, randomResult(seeded(2), 30, 20, 40)));
    for (const granularity of [0, 0.3, 0.7, 1]) {
      setGranularity(document, granularity);
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

  test('leaves the state before it as it was, so that it can be undone', () => {
    const document = lockTwo();
    const { state: before } = document;
    const [view, pixels] = [document.view(), document.labelMap()];
    document.take(stateOverLocked(document, randomResult(seeded(3), 30, 20, 10)));
    assert.notDeepEqual(document.view(), view);
    document.take(before);
    assert.deepEqual([document.view(), document.labelMap()], [view, pixels]);
  });

  test('keeps locked labels over a second run too, even where they hide whole regions', () => {
    const document = lockTwo();
    for (const seed of [4, 5]) document.take(stateOverLocked(document, randomResult(seeded(seed), 30, 20, 300)));
    const { labels } = document.view();
    assert.equal(labels.filter(label => label.locked).length, 2);
    assert.ok(labels.every(label => label.area > 0));
    assert.equal(
      labels.reduce((sum, label) => sum + label.area, 0),
      600,
    );
  });

  test('without locked labels is the run alone, whatever was there before', () => {
    const document = new MaskDocument(stateFromSegmentation(randomResult(seeded(1), 30, 20, 25)));
    const result = randomResult(seeded(6), 30, 20, 25);
    assert.deepEqual(stateOverLocked(document, result), stateFromSegmentation(result));
  });

  test('keeps the colours of the preview before it where neighbours allow', () => {
    const result = randomResult(seeded(6), 60, 40, 80);
    const before = stateFromSegmentation({
      ...result,
      hierarchy: randomHierarchy(seeded(7), result.regions),
      run: null,
    });
    const kept = ({ colours }: { colours: Uint8Array }) =>
      colours.filter((colour, region) => colour === before.colours[region]).length;
    assert.ok(kept(stateFromSegmentation(result, before)) > 2 * kept(stateFromSegmentation(result)));
  });

  test('of another size, or that contradicts itself, is refused', () => {
    const document = lockTwo();
    assert.throws(
      () => stateOverLocked(document, randomResult(seeded(7), 20, 30, 10)),
      /20×30 pixels, the mask of 30×20/,
    );
    const result = randomResult(seeded(8), 30, 20, 10);
    const { hierarchy } = randomResult(seeded(8), 30, 20, 11);
    assert.throws(() => stateFromSegmentation({ ...result, hierarchy }), /11 regions does not fit a map of 10/);
  });
});

suite('A run of a network that knows classes', () => {
  const classes = [
    { name: 'road', colour: '#804080' },
    { name: 'car', colour: '#00008E' },
  ];
  const result = () => {
    const plain = randomResult(seeded(3), 30, 20, 25);
    const regionClasses = Uint8Array.from({ length: plain.regions.count }, (_, region) => region % 2);
    const run = {
      method: 'adapted',
      parameters: {},
      seed: 1,
      backend: 'cpu',
      granularity: 0.5,
      iterations: 0,
      stopped: false,
      model: 'street',
      classes,
    };
    return { ...plain, run, regionClasses };
  };

  test('names and colours labels by class at every granularity, also when read from a file', () => {
    const document = new MaskDocument(stateFromSegmentation(result()));
    const context = { image: { name: 'a.png', sha256: '0'.repeat(64) }, version: '1', sha256: () => '0'.repeat(64) };
    const { png, sidecar } = encodeMask(document, context);
    for (const read of [document, openMask(png, sidecar).document]) {
      for (const granularity of [0, 0.4, 1]) {
        setGranularity(read, granularity);
        for (const { name, colour, representative } of read.view().labels) {
          assert.deepEqual(
            [name, colour],
            [classes[representative % 2].name, classes[representative % 2].colour.toLowerCase()],
          );
        }
      }
      assert.deepEqual(read.state.run?.classes, classes);
      assert.equal(read.state.run.model, 'street');
    }
  });

  test('is not taken for work by hand until a label has another name', () => {
    const document = new MaskDocument(stateFromSegmentation(result()));
    assert.equal(isMadeByHand(document.state), false);
    edit(document, { kind: 'rename', value: 1, name: 'lane' });
    assert.equal(isMadeByHand(document.state), true);
  });

  test('locked labels of the mask before stay over it', () => {
    const document = new MaskDocument(stateFromSegmentation(randomResult(seeded(4), 30, 20, 9)));
    for (const request of [
      { kind: 'rename', value: 1, name: 'mine' },
      { kind: 'lock', values: [1], locked: true },
    ])
      edit(document, request);
    const names = new Set(new MaskDocument(stateOverLocked(document, result())).view().labels.map(({ name }) => name));
    assert.deepEqual([...names].sort(), ['car', 'mine', 'road']);
  });

  test('classes that do not fit are refused', () => {
    assert.throws(
      () => stateFromSegmentation({ ...result(), regionClasses: new Uint8Array(3) }),
      /Classes of 3 regions/,
    );
    assert.throws(
      () => stateFromSegmentation({ ...result(), regionClasses: new Uint8Array(25).fill(2) }),
      /has class 2, but there are 2 classes/,
    );
  });
});
