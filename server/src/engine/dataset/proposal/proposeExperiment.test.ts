import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { defaultSettings } from '../../../../../protocol/settings';
import { findConflicts } from '../../experiment/conflicts';
import { experimentSchema, networkNames } from '../../experiment/experimentSchema';
import { inspectData } from '../inspection/inspectData';
import { proposeExperiment } from './proposeExperiment';
import { coloured, grey, indexed, instances, photo, writeTree } from '../testing/datasetTrees';
import { ownMask } from '../testing/ownMasks';

suite('Experiments proposed for two folders', () => {
  let root: string;
  setup(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'labelless-propose-'));
  });
  teardown(() => rm(root, { recursive: true, force: true }));

  const never = new AbortController().signal;
  const options = { limits: defaultSettings.limits, signal: never };
  interface Proposed {
    source: Record<string, unknown>;
    target: object;
    classes: unknown;
    training: { size?: number[] };
  }
  /**
   * Puts files into the labelled folder, and proposes an experiment; where labels are found, the inspection of the data
   * finds no fault.
   */
  async function propose(files: Parameters<typeof writeTree>[1]) {
    await writeTree(path.join(root, 'data/labelled'), files);
    for (const name of '12345') await writeTree(root, { [`photos/${name}.png`]: await photo(4, 3) });
    const { experiment: proposal, labelled } = await proposeExperiment(
      { labelled: path.join(root, 'data/labelled'), photos: path.join(root, 'photos'), base: root },
      options,
    );
    const experiment = proposal as Proposed;
    const findings = await inspectData(experimentSchema.parse(experiment), root, never);
    // The labels of a test are of few of the classes of a published data set.
    const faults = findings.filter(
      ({ code }) => typeof experiment.classes !== 'string' || code !== 'class-without-labels',
    );
    if (labelled > 0) assert.deepEqual(faults, []);
    return { ...experiment, labelled };
  }

  test('published data sets, by how they lie', async () => {
    const picture = await photo(4, 3);
    const cases = {
      gta5: { 'images/00001.png': picture, 'labels/00001.png': indexed(4, Array<number>(12).fill(7)) },
      synthia: {
        'RGB/1.png': picture,
        'GT/LABELS/1.png': instances(
          4,
          Array.from({ length: 12 }, () => [3, 0] as const),
        ),
      },
      cityscapes: {
        'leftImg8bit/train/ulm/a_leftImg8bit.png': picture,
        'gtFine/train/ulm/a_gtFine_labelIds.png': grey(4, Array<number>(12).fill(26)),
      },
      camvid: { 'train/1.png': picture, 'trainannot/1.png': grey(4, Array<number>(12).fill(3)) },
    };
    for (const [layout, files] of Object.entries(cases)) {
      const { source, target, classes, labelled } = await propose(files);
      assert.deepEqual(
        [source, target, classes, labelled],
        [{ layout, root: 'data/labelled' }, { images: 'photos' }, layout === 'camvid' ? 'camvid11' : 'cityscapes19', 1],
      );
      await rm(path.join(root, 'data'), { recursive: true });
    }
  });

  test('two folders of any name, and the classes by the values in the labels', async () => {
    const { source, classes } = await propose({
      'pictures/b.png': await photo(4, 3),
      'truth/b.png': grey(4, [0, 0, 0, 9, 9, 9, 10, 10, 10, 255, 255, 255]),
    });
    assert.deepEqual(source, { layout: 'folders', root: 'data/labelled', images: 'pictures', labels: 'truth' });
    assert.deepEqual(
      (classes as { name: string; values: number[] }[]).map(({ name, values }) => [name, values]),
      [
        ['class 0', [0]],
        ['class 9', [9]],
        ['class 10', [10]],
      ],
    );
  });

  test('masks of one thing: 0 and 255, or black and white', async () => {
    for (const [label, classes] of [
      [grey(4, [...Array<number>(6).fill(0), ...Array<number>(6).fill(255)]), ['class 0: 0', 'class 255: 255']],
      [coloured(4, [...Array<number>(6).fill(0), ...Array<number>(6).fill(0xffffff)]), ['#000000: 0', '#ffffff: 1']],
    ] as const) {
      const proposed = await propose({ 'images/00000.png': await photo(4, 3), 'labels/00000.png': label });
      assert.deepEqual(classesOf(proposed), ['folders', classes]);
      await rm(path.join(root, 'data'), { recursive: true });
    }
  });

  const classesOf = ({ source, classes }: { source: Record<string, unknown>; classes: unknown }) => [
    source.layout,
    (classes as { name: string; values: number[] }[]).map(({ name, values }) => `${name}: ${values.join()}`),
  ];

  test('numbers that a published list has by chance are no such labels: a class for each value', async () => {
    for (const [folder, labels] of [
      ['images', 'labels'],
      ['train', 'trainannot'],
    ])
      for (const values of [[0, 1], [0, 1, 2], ...(folder === 'images' ? [[...Array(19).keys()]] : [])]) {
        const proposed = await propose({
          [`${folder}/00000.png`]: await photo(values.length, 4),
          [`${labels}/00000.png`]: grey(
            values.length,
            Array.from({ length: 4 * values.length }, (_, p) => (p < values.length ? values[p] : [0, 0, 1][p % 3])),
          ),
        });
        assert.deepEqual(classesOf(proposed), [
          folder === 'images' ? 'folders' : 'camvid',
          values.map(value => `class ${value}: ${value}`),
        ]);
        await rm(path.join(root, 'data'), { recursive: true });
      }
  });

  test('masks of Labelless: a class for each name, in any case, wherever they lie', async () => {
    const names = { 1: 'sky', 2: 'road', 3: '7' };
    for (const [images, masks] of [
      ['images/', 'labels/'],
      ['photographs/', 'masks/'],
      ['', 'masks/'],
      ['', ''],
    ]) {
      const proposed = await propose({
        [`${images}00001.png`]: await photo(4, 3),
        [`${images}00002.png`]: await photo(4, 3),
        ...ownMask(`${masks}00001`, 4, [...Array<number>(6).fill(1), ...Array<number>(6).fill(2)], names),
        ...ownMask(`${masks}00002`, 4, [...Array<number>(6).fill(3), ...Array<number>(6).fill(2)], {
          ...names,
          2: 'Sky',
        }),
      });
      assert.deepEqual(classesOf(proposed), ['folders', ['7: 0', 'road: 1', 'sky: 2']], images + masks);
      await rm(path.join(root, 'data'), { recursive: true });
    }
  });

  test('a label file that cannot be read does not hide the others', async () => {
    const [picture, map] = [await photo(4, 3), grey(4, [...Array<number>(6).fill(0), ...Array<number>(6).fill(1)])];
    await writeTree(path.join(root, 'data/labelled'), {
      'images/a.png': picture,
      'labels/a.png': 'no picture',
      'images/b.png': picture,
      'labels/b.png': map,
    });
    const { experiment } = await proposeExperiment(
      { labelled: path.join(root, 'data/labelled'), photos: root, base: root },
      options,
    );
    assert.deepEqual(classesOf(experiment as Proposed), ['folders', ['class 0: 0', 'class 1: 1']]);
  });

  test('labels by colour', async () => {
    const { classes } = await propose({
      'images/b.png': await photo(2, 1),
      'labels/b.png': coloured(2, [0x102030, 0xffffff]),
    });
    assert.deepEqual(classes, [
      { name: '#102030', values: [0], colour: '#102030' },
      { name: '#ffffff', values: [1], colour: '#ffffff' },
    ]);
  });

  test('LabelMe, and the classes by their names', async () => {
    const shape = (label: string, right: number) => ({
      label,
      shape_type: 'rectangle',
      points: [
        [0, 0],
        [right, 3],
      ],
    });
    const { source, classes } = await propose({
      'b.png': await photo(4, 3),
      'b.json': JSON.stringify({ shapes: [shape('tree', 4), shape('car', 2)], imageWidth: 4, imageHeight: 3 }),
    });
    assert.equal(source.layout, 'labelme');
    assert.deepEqual(
      (classes as { name: string }[]).map(({ name }) => name),
      ['car', 'tree'],
    );
  });

  test("the size of training follows the pictures' proportions", async () => {
    const labels = grey(
      64,
      Array.from({ length: 64 * 32 }, (_, p) => p % 2),
    );
    const { training } = await propose({ 'images/b.png': await photo(64, 32), 'labels/b.png': labels });
    assert.deepEqual(training.size, [192, 96]);
    await rm(path.join(root, 'data'), { recursive: true });
    assert.equal(
      (
        await propose({
          'images/b.png': await photo(4, 3),
          'labels/b.png': grey(4, [...Array<number>(6).fill(0), ...Array<number>(6).fill(1)]),
        })
      ).training.size,
      undefined,
    );
  });

  test('labelled pictures alone are learned from without a target, and some are held out', async () => {
    const data = path.join(root, 'data/labelled');
    const truth = grey(4, [...Array<number>(6).fill(0), ...Array<number>(6).fill(1)]);
    await writeTree(data, { 'images/b.png': await photo(4, 3), 'labels/b.png': truth });
    await writeTree(root, { 'empty/notes.txt': '', 'more/c.png': await photo(4, 3) });
    const proposed = async (photos?: string) => {
      const folders = { labelled: data, base: root, ...(photos !== undefined && { photos: path.join(root, photos) }) };
      const { experiment } = await proposeExperiment(folders, options);
      const { source, target, adaptation } = experimentSchema.parse(experiment);
      return [source.holdOut, target?.images, adaptation.strategy];
    };
    for (const photos of [undefined, 'empty', 'data/labelled', 'data/labelled/images'])
      assert.deepEqual(await proposed(photos), [0.1, undefined, 'none'], photos);
    for (const photos of ['more', 'gone'])
      assert.deepEqual(await proposed(photos), [undefined, photos, 'self-training'], photos);
    const withNetwork = await proposeExperiment(
      { labelled: data, base: root },
      { ...options, network: 'efficientnet-lite0' },
    );
    assert.equal(experimentSchema.parse(withNetwork.experiment).network.name, 'efficientnet-lite0');
    for (const network of networkNames) {
      const folders = { labelled: data, base: root, photos: path.join(root, 'more') };
      const { experiment } = await proposeExperiment(folders, { ...options, network });
      assert.deepEqual(findConflicts(experimentSchema.parse(experiment)), [], network);
    }
    await writeTree(data, { 'images/unlabelled.png': await photo(4, 3) });
    assert.deepEqual(await proposed('data/labelled/images'), [undefined, 'data/labelled/images', 'self-training']);
  });

  test('a folder without labels, and two of photos, give a mere start', async () => {
    const noise = coloured(
      300,
      Array.from({ length: 300 }, (_, p) => p * 7919),
    );
    for (const files of [
      { 'images/b.png': await photo(4, 3) },
      { 'a/b.png': await photo(300, 1), 'c/b.png': noise },
      { 'images/b.png': coloured(2, [0x102030, 0xffffff]), 'labels/b.png': grey(2, [1, 1]) },
    ]) {
      const { source, labelled } = await propose(files);
      assert.deepEqual([source, labelled], [{ layout: 'folders', root: 'data/labelled' }, 0]);
      await rm(path.join(root, 'data'), { recursive: true });
    }
  });
});
