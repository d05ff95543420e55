import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { writeTree } from '../testing/datasetTrees';
import { describeChanges, listFiles } from './dataListing';

suite('The list of the files that an experiment learns from', () => {
  let root: string;
  setup(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'labelless-listing-'));
    await writeTree(path.join(root, 'data'), {
      '0.bmp': Buffer.alloc(100_000, 1),
      'day/1.bmp': 'one',
      'labels/0.png': 'zero',
      'labels/1.mask.png': 'one',
      'labels/1.mask.json': '{}',
    });
  });
  teardown(() => rm(root, { recursive: true, force: true }));

  const list = (at = 'data', names = ['0.bmp', 'day/1.bmp']) => {
    const inData = (name: string) => path.join(root, at, name);
    const labels = ['labels/0.png', 'labels/1.mask.png'];
    return listFiles(
      names.map((name, index) => ({ image: inData(name), label: { file: inData(labels[index]) } })),
      path.join(root, at),
    ).then(source => ({ source }));
  };
  const change = async (name: string, content: string | Uint8Array) => {
    const before = await list();
    const file = path.join(root, 'data', name);
    const old = await readFile(file);
    await writeFile(file, content);
    const changes = describeChanges(before, await list());
    await writeFile(file, old);
    return changes;
  };

  test('is the same for a copy at another time and place', async () => {
    await cp(path.join(root, 'data'), path.join(root, 'copy'), { recursive: true });
    assert.deepEqual(await list('copy'), await list());
    assert.deepEqual(Object.keys((await list()).source).sort(), ['0.bmp', 'day/1.bmp']);
  });

  test('tells what was added, removed and changed', async () => {
    assert.deepEqual(describeChanges(await list(), await list('data', ['0.bmp'])), [
      'source: 1 picture was removed (day/1.bmp)',
    ]);
    assert.deepEqual(describeChanges(await list('data', ['0.bmp']), await list()), [
      'source: 1 picture was added (day/1.bmp)',
    ]);
    const changed = (name: string) => [`source: 1 picture was changed, or its labels (${name})`];
    assert.deepEqual(await change('day/1.bmp', 'two'), changed('day/1.bmp'), 'of the same size');
    assert.deepEqual(await change('labels/0.png', 'none'), changed('0.bmp'), 'its labels');
    assert.deepEqual(await change('labels/1.mask.json', '[]'), changed('day/1.bmp'), "its labels' names");
    const pixels = Buffer.alloc(100_000, 1);
    pixels[50_000] = 2;
    assert.deepEqual(await change('0.bmp', pixels), changed('0.bmp'), 'in the middle');
  });

  test('tells the parts of an annotation file apart', async () => {
    const image = path.join(root, 'data', '0.bmp');
    const of = async (part: unknown) => ({
      source: await listFiles([{ image, label: { file: path.join(root, 'annotations.json'), part } }], root),
    });
    assert.deepEqual(describeChanges(await of({ shapes: [1] }), await of({ shapes: [1] })), []);
    assert.equal(describeChanges(await of({ shapes: [1] }), await of({ shapes: [2] })).length, 1);
  });
});
