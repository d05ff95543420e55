import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { photo, writeTree } from '../dataset/testing/datasetTrees';
import { listPairs, listTarget } from '../dataset/layouts';
import { experimentSchema } from './experimentSchema';
import { isTrainingRun } from './trainingRunMark';

const experiment = experimentSchema.parse({ source: {}, target: { images: '.' }, classes: 'camvid11' });
const classes = JSON.stringify([
  { name: 'sky', colour: '#80c0ff' },
  { name: 'road', colour: '#808080' },
]);

suite('The folder of a training run', () => {
  let root: string;
  setup(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'labelless-mark-'));
  });
  teardown(() => rm(root, { recursive: true, force: true }));

  const writeRun = async (at: string) => {
    const picture = await photo(2, 2);
    await writeTree(path.join(root, at), {
      'config.json': JSON.stringify(experiment),
      'classes.json': classes,
      'predictions/a.png/picture.png': picture,
      'predictions/a.png/step-000010.png': picture,
      'checkpoints/a.png': picture,
    });
  };
  const target = async (images: string) =>
    (await listTarget({ images }, root)).map(file => path.relative(root, file).replaceAll(path.sep, '/'));

  test('is known by the experiment as resolved and its classes, and not by the names alone', async () => {
    assert.equal(await isTrainingRun(root), false);
    await writeRun('.');
    assert.equal(await isTrainingRun(root), true);
    await writeFile(path.join(root, 'config.json'), JSON.stringify({ source: {}, classes: 'camvid11' }));
    assert.equal(await isTrainingRun(root), false, "a user's experiment file");
    await writeFile(path.join(root, 'config.json'), '{"model_type": "segformer"}');
    assert.equal(await isTrainingRun(root), false, "another program's");
  });

  test('gives no pictures to learn from, wherever it lies among them', async () => {
    const picture = await photo(2, 2);
    await writeTree(root, {
      'photos/0.png': picture,
      'photos/predictions/1.png': picture,
      'photos/day/2.png': picture,
      'labels/0.png': picture,
    });
    const expected = ['photos/0.png', 'photos/day/2.png', 'photos/predictions/1.png'];
    assert.deepEqual(await target('photos'), expected);
    await writeRun('photos/runs/other');
    await writeRun('photos/day');
    assert.deepEqual(await target('photos'), expected);
    const pairs = await listPairs({ layout: 'folders', root: '.', images: 'photos', labels: 'labels' }, root, 'source');
    assert.equal(pairs.pairs.length, 1);
    assert.deepEqual(
      pairs.imagesWithoutLabels.map(file => path.relative(root, file).replaceAll(path.sep, '/')),
      ['photos/day/2.png', 'photos/predictions/1.png'],
    );
  });

  test('is refused where it is named itself', async () => {
    await writeRun('runs/x');
    for (const folder of ['runs/x/predictions', 'runs/x/predictions/a.png', 'runs/x/checkpoints'])
      await assert.rejects(target(folder), /belongs to the training run .*x, whose pictures are no data/);
    assert.deepEqual(await target('runs/x'), []);
  });
});
