import assert from 'node:assert/strict';
import { experimentSchema } from './experimentSchema';
import { describeIssues } from '../../../../mask/issueText';

const describe = (experiment: object) => {
  const value = { source: {}, classes: 'camvid11', ...experiment };
  const { error } = experimentSchema.safeParse(value);
  return describeIssues(error!.issues, value);
};

suite('the faults of an experiment file in words', () => {
  test('the key and what is wrong, and no word of the schema', () => {
    assert.deepEqual(
      describe({
        source: { layuot: 'coco', root: 1, limit: 0 },
        target: {},
        training: { steps: 1.5, size: [8], batch: 65, backend: 'gpu', learningRate: 0 },
        output: { previews: '4' },
      }),
      [
        'source.root: it is not a text',
        'source.limit: it has to be more than 0',
        'there is no setting source.layuot',
        'target.images: a text is missing',
        'training.steps: it is not a whole number',
        'training.batch: it has to be at most 64',
        'training.size: it has to be at least 2 entries long',
        'training.learningRate: it has to be more than 0',
        'training.backend: it is not one of auto, cpu, webgpu, cuda, directml, coreml, wasm, tensorflow',
        'output.previews: it is not a number',
      ],
    );
  });

  test('of very many faults the first, and how many more; long keys are cut', () => {
    const faults = describe(Object.fromEntries(Array.from({ length: 8000 }, (_, n) => [`sourse${n}`, n])));
    assert.deepEqual([faults.length, faults.at(-1)], [21, 'and 7980 more']);
    assert.deepEqual(describe({ ['k'.repeat(1e6)]: 1 }), [`there is no setting ${'k'.repeat(60)}…`]);
  });

  test('of classes, a list or a name, the kind that was meant', () => {
    const sky = { name: 'sky', values: [1], colour: '#0000ff' };
    assert.deepEqual(describe({ classes: [sky, { name: '', values: [-1] }] }), [
      'classes.1.name: it has to be at least 1 character long',
      'classes.1.values.0: it has to be at least 0',
      'classes.1.colour: a text is missing',
    ]);
    assert.deepEqual(describe({ classes: [sky] }), ['classes: it has to be at least 2 entries long']);
    assert.deepEqual(describe({ classes: 3 }), ['classes: it is not of a kind that can stand here']);
    assert.deepEqual(describe({ classes: 'city' }), ['classes: it is not one of cityscapes19, camvid11']);
  });
});
