import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { experimentSchema } from '../../experiment/experimentSchema';
import { grey, photo, writeTree } from '../testing/datasetTrees';
import { inspectData } from './inspectData';

const classes = ['sky', 'road', 'car', 'tree', 'pole', 'sign'].map((name, value) => ({
  name,
  values: [value],
  colour: '#808080',
}));

suite('Classes and photos that training lacks', () => {
  let root: string;
  setup(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'labelless-coverage-'));
  });
  teardown(() => rm(root, { recursive: true, force: true }));

  const write = async (part: string, ...labels: number[][]) => {
    for (const [index, values] of labels.entries())
      await writeTree(root, {
        [`${part}/images/${String(index).padStart(3, '0')}.png`]: await photo(values.length, 1),
        [`${part}/labels/${String(index).padStart(3, '0')}.png`]: grey(values.length, values),
      });
  };
  const inspect = async (changes: object = {}) => {
    const experiment = experimentSchema.parse({
      source: { root: 'day' },
      classes,
      adaptation: { strategy: 'none' },
      ...changes,
    });
    const findings = await inspectData(experiment, root, new AbortController().signal);
    return findings.map(({ path: at, severity, code, message }) => [at.join('.'), severity, code, message]);
  };

  test('classes that no label of the source has are told, those to be measured too', async () => {
    await write('day', [0, 1], [1, 2], [2, 0]);
    await write('truth', [0, 3], [5, 5]);
    const absent = [
      'classes',
      'warning',
      'class-without-labels',
      '3 of the 6 classes cannot be learned: no label of the source has tree, pole, sign, of 3 files.',
    ];
    assert.deepEqual(await inspect(), [absent]);
    assert.deepEqual(await inspect({ evaluation: { root: 'truth' } }), [
      absent,
      [
        'evaluation.root',
        'warning',
        'evaluation-class-unknown',
        'The evaluation has tree, sign, which no label of the source has, of 3 files: ' +
          'the IoU of these classes will be 0, and lowers the mean.',
      ],
    ]);
    await write('day', [0, 1, 2, 3, 4, 5]);
    assert.deepEqual(await inspect({ evaluation: { root: 'truth' } }), []);
  });

  test('a sample of many files only informs of them', async () => {
    await write('day', ...Array<number[]>(60).fill([0, 1, 2, 3, 4]));
    const [[at, severity, code, message]] = await inspect();
    assert.deepEqual([at, severity, code], ['classes', 'information', 'class-without-labels']);
    assert.match(message, /^1 of the 6 classes .* has sign, of \d+ files looked at \(there are 60\)\.$/);
  });

  test('few photos to adapt to are told, whatever else is right', async () => {
    await write('day', [0, 1, 2, 3, 4, 5]);
    await writeTree(root, { 'dusk/1.png': await photo(4, 3) });
    const adapting = { target: { images: 'dusk' }, adaptation: { strategy: 'self-training' } };
    const few = (photos: string) => [
      'target.images',
      'warning',
      'few-photos',
      `Adaptation learns from ${photos}; what it learns may hold for no others. Give it some dozens.`,
    ];
    assert.deepEqual(await inspect(adapting), [few('1 photo')]);
    assert.deepEqual(await inspect({ target: { images: 'dusk' } }), []);
    for (const name of '234') await writeTree(root, { [`dusk/${name}.png`]: await photo(4, 3) });
    assert.deepEqual(await inspect(adapting), [few('4 photos')]);
    await writeTree(root, { 'dusk/5.png': await photo(4, 3) });
    assert.deepEqual(await inspect(adapting), []);
  });
});
