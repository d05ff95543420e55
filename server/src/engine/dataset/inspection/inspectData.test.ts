import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { experimentSchema } from '../../experiment/experimentSchema';
import { checkTraining } from '../../adaptation/inspection/checkTraining';
import { inspectData } from './inspectData';
import { coloured, grey, photo, writeTree } from '../testing/datasetTrees';
import { ownMask } from '../testing/ownMasks';

const classes = [
  { name: 'a', values: [0], colour: '#000000' },
  { name: 'b', values: [1], colour: '#ffffff' },
];

/** An experiment that does not adapt, for which one photo is not too few. */
const usual = { source: { root: 'day' }, target: { images: 'dusk' }, classes, adaptation: { strategy: 'none' } };

suite("what an experiment's folders have to say", () => {
  let root: string;
  setup(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'labelless-inspect-'));
  });
  teardown(() => rm(root, { recursive: true, force: true }));

  const inspect = (experiment: object) =>
    inspectData(experimentSchema.parse({ ...usual, ...experiment }), root, new AbortController().signal);
  const brief = async (experiment: object) =>
    (await inspect(experiment)).map(({ path: at, severity, code }) => `${at.join('.')} ${severity} ${code}`);
  const good = async () => {
    const image = await photo(2, 1);
    await writeTree(root, { 'day/images/x.png': image, 'day/labels/x.png': grey(2, [0, 1]), 'dusk/1.png': image });
  };

  test('nothing, where all is well', async () => {
    await good();
    assert.deepEqual(await inspect({}), []);
  });

  test('folders that are not there, by the key that names them', async () => {
    assert.deepEqual(await brief({ evaluation: { layout: 'gta5', images: 'pictures', labels: 'truth' } }), [
      'source.root error missing-folder',
      'source.root error missing-folder',
      'target.images error missing-folder',
      'evaluation.images error missing-folder',
      'evaluation.labels error missing-folder',
    ]);
    assert.equal((await inspect({}))[0].message, `There is no folder ${path.join(root, 'day/images')}.`);
  });

  test('images without labels and labels without images: how many, and the first three names', async () => {
    await good();
    const image = await photo(2, 1);
    await writeTree(root, Object.fromEntries(['e', 'd', 'c', 'b'].map(name => [`day/images/${name}.png`, image])));
    await writeTree(root, { 'day/labels/w.png': grey(2, [0, 1]) });
    const findings = await inspect({});
    assert.deepEqual(
      findings.map(({ code, message }) => [code, message]),
      [
        ['images-without-labels', '4 images have no labels and are left out: b.png, c.png, d.png and 1 more.'],
        ['labels-without-image', '1 label has no image and is left out: w.png.'],
      ],
    );
    assert.deepEqual((await brief({}))[0], 'source.root warning images-without-labels');
  });

  test('no image at all, and none with labels', async () => {
    await writeTree(root, {
      'day/images/readme.txt': '',
      'day/labels/x.png': grey(1, [0]),
      'dusk/.hidden.png': await photo(1, 1),
    });
    assert.deepEqual(await brief({}), [
      'source.root error no-images',
      'source.root warning labels-without-image',
      'target.images error no-images',
    ]);
    await writeTree(root, { 'day/images/y.png': await photo(1, 1) });
    assert.equal((await brief({}))[0], 'source.root error no-pairs');
  });

  test('target and evaluation that overlap the source', async () => {
    await good();
    const findings = await inspect({ target: { images: 'day/images' }, evaluation: { root: 'day' } });
    assert.deepEqual(
      findings.map(({ path: at, code }) => [at.join('.'), code]),
      [
        ['target.images', 'overlap'],
        ['evaluation.images', 'overlap'],
      ],
    );
    assert.match(findings[0].message, /^1 of the target's images are the source's too: .*: x\.png\.$/);
  });

  test('files that cannot be read, sizes that differ, values outside the classes: value, file and pixels', async () => {
    await good();
    const image = await photo(2, 1);
    await writeTree(root, {
      'day/images/a.png': 'no picture',
      'day/labels/a.png': grey(2, [0, 0]),
      'day/images/b.png': image,
      'day/labels/b.png': image.subarray(0, 50),
      'day/images/c.png': image,
      'day/labels/c.png': grey(1, [7, 7, 9]),
      'day/images/d.png': image,
      'day/labels/d.png': grey(2, [7, 255]),
      'dusk/2.png': '',
    });
    assert.deepEqual(
      (await inspect({})).map(({ path: at, severity, code, message, file }) => [
        at.join('.'),
        severity,
        code,
        message.replaceAll(/: it is (?:not an image|damaged)[^.]*/g, ': …'),
        path.basename(file ?? ''),
      ]),
      [
        ['source.root', 'error', 'unreadable-file', '1 of 5 files cannot be used: a.png: ….', 'a.png'],
        ['source.root', 'error', 'unreadable-file', '1 of 5 files cannot be used: b.png: ….', 'b.png'],
        [
          'source.root',
          'error',
          'size-mismatch',
          '1 of 5 files do not fit their image: c.png: its labels are 1×3 pixels, the image has 2×1.',
          'c.png',
        ],
        [
          'source.root',
          'warning',
          'value-outside-classes',
          'The label 7 is in no class and does not count: 3 pixels in c.png and 1 more, of 5 files.',
          'c.png',
        ],
        [
          'source.root',
          'warning',
          'value-outside-classes',
          'The label 9 is in no class and does not count: 1 pixel in c.png, of 5 files.',
          'c.png',
        ],
        [
          'target.images',
          'error',
          'unreadable-file',
          '1 of 2 files cannot be used: 2.png: it is empty (0 bytes).',
          '2.png',
        ],
      ],
    );
  });

  test('of many files a number is looked into, spread over all', async () => {
    const image = await photo(2, 1);
    await writeTree(
      root,
      Object.fromEntries(
        Array.from({ length: 96 }, (_, n) => [`dusk/${String(n).padStart(2, '0')}.png`, n % 4 === 0 ? '' : image]),
      ),
    );
    await writeTree(root, { 'day/images/x.png': image, 'day/labels/x.png': grey(2, [0, 1]) });
    const [{ message }] = await inspect({});
    assert.match(
      message,
      /^24 of 48 files looked at \(there are 96\) cannot be used: 00\.png: .*, 04\.png: .*, 08\.png: .* and 21 more\.$/,
    );
  });

  test('labels of no class at all, and classes that a layout does not go with', async () => {
    await good();
    await writeTree(root, { 'day/labels/x.png': grey(2, [255, 255]) });
    assert.deepEqual(await brief({}), ['source.root error no-class']);
    assert.deepEqual(await brief({ source: { root: 'day', layout: 'gta5' }, classes: 'camvid11' }), [
      'source.layout error classes',
    ]);
  });

  test('labels of no class by what they hold instead, with numbers and names', async () => {
    await good();
    const noClass = async (label: Uint8Array, experiment: object = {}) => {
      await writeTree(root, { 'day/labels/x.png': label });
      const [finding] = (await inspect(experiment)).filter(({ code }) => code === 'no-class');
      return finding.message.replace('No pixel of 1 file is of any of the classes: ', '');
    };
    assert.equal(await noClass(grey(2, [255, 255])), 'all are 255, which means no class (x.png).');
    assert.equal(
      await noClass(coloured(2, [0x010101, 0x020202])),
      'they have 1 pixel of the colour #010101, 1 pixel of the colour #020202; such greys are values that were saved ' +
        'as RGB: save them as greyscale, one value a pixel (x.png).',
    );
    assert.equal(await noClass(coloured(2, [0x0000ff, 0x0000ff])), 'they have 2 pixels of the colour #0000ff (x.png).');
    assert.equal(
      await noClass(grey(2, [0, 10]), { classes: 'cityscapes19' }),
      'they hold 0, 10, which mean no class (x.png).',
    );
    await rm(path.join(root, 'day/labels/x.png'));
    await writeTree(path.join(root, 'day/labels'), ownMask('x', 2, [1, 2]));
    assert.match(
      (await inspect({}))[0].message,
      /they have 2 pixels of the labels without a name; give the labels of these masks the names of classes/,
    );
    await writeTree(path.join(root, 'day/labels'), ownMask('x', 2, [1, 2], { 1: '7', 2: 'tree' }));
    const findings = await inspect({});
    assert.match(
      findings[0].message,
      /they have 1 pixel of the label "7", 1 pixel of the label "tree" \(x\.mask\.png\)/,
    );
    assert.deepEqual(
      findings.slice(1).map(({ label, isName }) => [label, isName]),
      [
        ['7', true],
        ['tree', true],
      ],
    );
  });

  test('files without a labelled pixel, and labels most of which are in no class', async () => {
    await good();
    await writeTree(root, { 'day/images/y.png': await photo(2, 1), 'day/labels/y.png': grey(2, [255, 255]) });
    assert.deepEqual(
      (await inspect({})).map(({ code, message }) => [code, message]),
      [['file-without-class', 'Of 2 files, 1 without a labelled pixel: y.png.']],
    );
    await writeTree(root, { 'day/images/y.png': await photo(3, 1), 'day/labels/y.png': grey(3, [77, 78, 78]) });
    const { message } = (await inspect({})).find(({ code }) => code === 'most-outside-classes')!;
    assert.equal(message, 'Most labels do not count: 3 of 5 labelled pixels (60 %) are in no class, of 2 files.');
  });

  test('one class and 255, which may be the other', async () => {
    await good();
    await writeTree(root, { 'day/labels/x.png': grey(2, [0, 255]) });
    assert.deepEqual(
      (await inspect({})).map(({ severity, message }) => [severity, message]),
      [
        [
          'warning',
          'Every labelled pixel of 1 file is of the class a, and the others are 255, which means no class. ' +
            'If 255 is a class, give it that value.',
        ],
      ],
    );
  });

  test('train ids in the place of label ids', async () => {
    const source = { root: 'day', layout: 'gta5' };
    const codes = async (...values: number[]) => {
      await writeTree(root, {
        'day/images/x.png': await photo(values.length, 1),
        'day/labels/x.png': grey(values.length, values),
        'dusk/1.png': await photo(2, 1),
      });
      return (await inspect({ source, classes: 'cityscapes19' })).map(({ code }) => code);
    };
    assert.deepEqual(await codes(0, 0, 1, 2, 8, 10, 11, 13, 255), ['train-ids']);
    for (const values of ['0 7 8 11 21 23 26 33', '0 7 7 7 7 8 8 11 11 11', '0 7 8 21 34'])
      assert.deepEqual(await codes(...values.split(' ').map(Number)), ['class-without-labels']);
  });

  test('a bad file among very many is a warning, as it is left out', async () => {
    const [image, map] = [await photo(2, 1), grey(2, [0, 1])];
    const names = Array.from({ length: 101 }, (_, n) => String(n).padStart(3, '0'));
    await writeTree(root, {
      ...Object.fromEntries(
        names.flatMap(name => [
          [`day/images/${name}.png`, image],
          [`day/labels/${name}.png`, map],
        ]),
      ),
      'day/labels/000.png': '',
      'dusk/1.png': image,
    });
    assert.deepEqual(await brief({}), ['source.root warning unreadable-file']);
  });

  test('before training errors refuse the data, but for files to measure on, and the rest is told', async () => {
    await good();
    await writeTree(root, {
      'day/images/y.png': await photo(2, 1),
      'seen/images/z.png': await photo(2, 1),
      'seen/labels/z.png': grey(1, [0, 1]),
    });
    const check = async (onlyTell: boolean, more: object = {}) => {
      const told: string[] = [];
      const experiment = experimentSchema.parse({
        source: { root: 'day' },
        target: { images: 'dusk' },
        evaluation: { root: 'seen' },
        classes,
        ...more,
      });
      await checkTraining(experiment, root, { onlyTell, onRemark: line => told.push(line) });
      return told;
    };
    const told = [
      'source.root: 1 image has no labels and is left out: y.png',
      'target.images: Adaptation learns from 1 photo; what it learns may hold for no others. Give it some dozens',
      'evaluation.root: 1 of 1 file do not fit their image: z.png: its labels are 1×2 pixels, the image has 2×1',
    ];
    assert.deepEqual(await check(false), told);
    await writeTree(root, { 'day/labels/x.png': grey(2, [255, 255]) });
    await assert.rejects(
      check(false),
      /^Error: source\.root: No pixel of 1 file is of any of the classes: all are 255/,
    );
    assert.equal((await check(true)).length, 4);
  });

  test('an abort ends it', async () => {
    await good();
    await assert.rejects(
      inspectData(experimentSchema.parse({ source: { root: 'day' }, classes }), root, AbortSignal.abort()),
      { name: 'AbortError' },
    );
  });
});
