import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { experimentSchema } from '../adaptation/experiment';
import { inspectData } from './inspect';
import { grey, photo, writeTree } from './testing/trees';

const classes = [{ name: 'a', values: [0], colour: '#000000' }, { name: 'b', values: [1], colour: '#ffffff' }];

suite('what an experiment\'s folders have to say', () => {
  let root: string;
  setup(async () => { root = await mkdtemp(path.join(os.tmpdir(), 'labelless-inspect-')); });
  teardown(() => rm(root, { recursive: true, force: true }));

  const inspect = (experiment: object) => inspectData(experimentSchema.parse({ source: { root: 'day' }, target: { images: 'dusk' }, classes, ...experiment }), root, new AbortController().signal);
  const brief = async (experiment: object) => (await inspect(experiment)).map(({ path: at, severity, code }) => `${at.join('.')} ${severity} ${code}`);
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
      'source.root error missing-folder', 'source.root error missing-folder', 'target.images error missing-folder', 'evaluation.images error missing-folder', 'evaluation.labels error missing-folder',
    ]);
    assert.equal((await inspect({}))[0].message, `There is no folder ${path.join(root, 'day/images')}.`);
  });

  test('images without labels and labels without images: how many, and the first three names', async () => {
    await good();
    const image = await photo(2, 1);
    await writeTree(root, Object.fromEntries(['e', 'd', 'c', 'b'].map(name => [`day/images/${name}.png`, image])));
    await writeTree(root, { 'day/labels/w.png': grey(2, [0, 1]) });
    const findings = await inspect({});
    assert.deepEqual(findings.map(({ code, message }) => [code, message]), [
      ['images-without-labels', '4 images have no labels and are left out: b.png, c.png, d.png and 1 more.'],
      ['labels-without-image', '1 label has no image and is left out: w.png.'],
    ]);
    assert.deepEqual((await brief({}))[0], 'source.root warning images-without-labels');
  });

  test('no image at all, and none with labels', async () => {
    await writeTree(root, { 'day/images/readme.txt': '', 'day/labels/x.png': grey(1, [0]), 'dusk/.hidden.png': await photo(1, 1) });
    assert.deepEqual(await brief({}), ['source.root error no-images', 'source.root warning labels-without-image', 'target.images error no-images']);
    await writeTree(root, { 'day/images/y.png': await photo(1, 1) });
    assert.equal((await brief({}))[0], 'source.root error no-pairs');
  });

  test('target and evaluation that overlap the source', async () => {
    await good();
    const findings = await inspect({ target: { images: 'day/images' }, evaluation: { root: 'day' } });
    assert.deepEqual(findings.map(({ path: at, code }) => [at.join('.'), code]), [['target.images', 'overlap'], ['evaluation.images', 'overlap']]);
    assert.match(findings[0].message, /^1 of the target's images are the source's too: .*: x\.png\.$/);
  });
});
