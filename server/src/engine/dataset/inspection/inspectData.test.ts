import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { experimentSchema } from '../../experiment/experimentSchema';
import { inspectData } from './inspectData';
import { grey, photo, writeTree } from '../testing/datasetTrees';

const classes = [
  { name: 'a', values: [0], colour: '#000000' },
  { name: 'b', values: [1], colour: '#ffffff' },
];

suite("what an experiment's folders have to say", () => {
  let root: string;
  setup(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'labelless-inspect-'));
  });
  teardown(() => rm(root, { recursive: true, force: true }));

  const inspect = (experiment: object) =>
    inspectData(
      experimentSchema.parse({ source: { root: 'day' }, target: { images: 'dusk' }, classes, ...experiment }),
      root,
      new AbortController().signal,
    );
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

  test('an abort ends it', async () => {
    await good();
    await assert.rejects(
      inspectData(experimentSchema.parse({ source: { root: 'day' }, classes }), root, AbortSignal.abort()),
      { name: 'AbortError' },
    );
  });
});
